from lib import calls, check


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    stack.stop_rtpengine()
    calls.refused(alice, 503, *alice.verify())
    core.seen()
    check.equal(core.wire, "", "what reached the core")
    check.equal(stack.counters()["refused_relay_failed"], 1, "counter")
