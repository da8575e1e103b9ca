from lib import parties


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    for by, code in ((alice, 488), (core, 500)):
        old = by.port, by.key
        by.renew()
        dialog.rejected(by, code, method="UPDATE")
        by.port, by.key = old
        dialog.talk(packets=20)
    dialog.hang_up()
