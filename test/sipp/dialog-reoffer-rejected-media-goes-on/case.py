from lib import parties


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    for by in (alice, core):
        dialog.outlives_rejection(stack, by)
    dialog.hang_up()
