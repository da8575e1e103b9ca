from lib import parties

DEFINES = {"RETRY_PLAIN": "1", "POLICY": "required"}


def run(stack):
    carol = parties.registered(stack, parties.SDES, "carol")
    parties.rejects(stack, carol, parties.registered(stack, parties.SDES))
