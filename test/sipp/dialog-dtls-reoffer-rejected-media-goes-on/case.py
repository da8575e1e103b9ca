from lib import check, media, parties


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.ACTIVE)
    dialog = parties.connect(stack, alice, core)
    before = stack.counters()["replayed"]
    old = alice.certificate, alice.port
    alice.certificate = media.Certificate(stack, "second")
    alice.renew()
    dialog.rejected(alice, 488)
    alice.certificate, alice.port = old
    check.equal(stack.counters()["replayed"], before + 1, "counter replayed")
    dialog.talk()
    dialog.hang_up()
