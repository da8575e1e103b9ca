from lib import parties


def run(stack):
    alice = parties.registered(stack, parties.ACTIVE)
    carol = parties.registered(stack, parties.PASSIVE, "carol")
    before = stack.counters()
    dialog = parties.connect(stack, alice, carol)
    dialog.talk(packets=200)
    parties.counted(stack, before, "dtls_verified", number=2)
    dialog.hang_up()
