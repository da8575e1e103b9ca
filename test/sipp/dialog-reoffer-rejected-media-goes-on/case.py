from lib import check, parties


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    for by in (alice, core):
        before = stack.counters()["replayed"]
        port, key = by.port, by.key
        by.renew()
        dialog.rejected(by, 488)
        by.port, by.key = port, key
        dialog.talk(packets=30)
        check.equal(stack.counters()["replayed"], before + 1, "counter replayed")
    dialog.hang_up()
