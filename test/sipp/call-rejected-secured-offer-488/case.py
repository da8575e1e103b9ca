from lib import parties


def run(stack):
    bob = parties.registered(stack, parties.PLAIN, "bob")
    parties.rejects(stack, bob, parties.registered(stack, parties.SDES))
