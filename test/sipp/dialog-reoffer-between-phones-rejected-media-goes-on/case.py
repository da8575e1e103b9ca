from lib import check, parties


def run(stack):
    alice = parties.registered(stack, parties.SDES)
    carol = parties.registered(stack, parties.SDES, "carol")
    dialog = parties.connect(stack, alice, carol)
    for by in (alice, carol):
        before = stack.counters()["replayed"]
        port, key = by.port, by.key
        by.renew()
        dialog.rejected(by, 488)
        by.port, by.key = port, key
        dialog.talk(packets=30)
        check.equal(stack.counters()["replayed"], before + 1, "counter replayed")
    dialog.hang_up()
