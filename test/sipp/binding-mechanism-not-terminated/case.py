from lib import calls, check, sdp


def run(stack):
    core, first, second = stack.core(), calls.agreed(stack), stack.phone()
    check.status(second.register(client=["dtls-srtp;mediasec"]), 200)
    check.equal(len(stack.agreements()), 1, "agreements")
    calls.hang_up(calls.answered(first, core, *first.verify()), first, core)
    calls.refused(first, 494, offer=sdp.plain(stack.phone_ip))
