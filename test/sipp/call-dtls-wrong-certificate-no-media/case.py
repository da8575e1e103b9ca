from lib import media, parties


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.ACTIVE)
    stranger = media.Certificate(stack, "stranger")
    before = stack.counters()
    dialog = parties.connect(stack, alice, core)
    dialog.silent(certificate=stranger)
    parties.counted(stack, before, "dtls_refused")
    dialog.hang_up()
