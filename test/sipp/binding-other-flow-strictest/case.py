from lib import calls, check, sdp


def run(stack):
    calls.agreed(stack)
    core, stray = stack.core(), stack.phone()
    calls.refused(stray, 494, offer=sdp.plain(stack.phone_ip))
    calls.refused(stray, 494, "Security-Verify: wrong;mediasec")
    core.seen()
    check.equal(core.wire, "", "what reached the core")
