from lib import parties


def run(stack):
    alice = parties.registered(stack, parties.SDES)
    carol = parties.registered(stack, parties.SDES, "carol")
    dialog = parties.connect(stack, alice, carol)
    for by in (alice, carol):
        dialog.outlives_rejection(stack, by)
    dialog.hang_up()
