from lib import calls, check


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    stack.freeze_rtpengine()
    calls.refused(alice, 503, *alice.verify())
    stack.thaw_rtpengine()
    core.seen()
    check.equal(core.wire, "", "what reached the core")
