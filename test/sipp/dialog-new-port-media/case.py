from lib import parties


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    for by in (alice, core):
        by.renew()
        dialog.reoffer(by)
        dialog.talk(packets=20)
    dialog.hang_up()

    carol = parties.registered(stack, parties.ACTIVE, "carol")
    dialog = parties.connect(stack, carol, core)
    for by in (carol, core):
        by.renew()
        dialog.reoffer(by)
    dialog.talk(packets=20)
    dialog.hang_up()
