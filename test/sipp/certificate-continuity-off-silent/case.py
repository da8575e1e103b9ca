from lib import check, media, parties


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.ACTIVE)
    for name in ("first", "second"):
        alice.certificate = media.Certificate(stack, name)
        alice.renew()
        parties.connect(stack, alice, core).hang_up()
    check.equal(stack.counters()["certificate_changed"], 0, "counter")
