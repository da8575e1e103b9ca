from lib import calls, check, sdp


def run(stack):
    core, first, second = stack.core(), calls.agreed(stack), stack.phone()
    check.status(second.register(client=["dtls-srtp;mediasec"]), 200)
    check.equal(len(stack.agreements()), 2, "agreements")
    calls.hang_up(calls.answered(first, core, *first.verify()), first, core)
    calls.refused(second, 488, *second.verify())
    for phone in (first, second):
        calls.refused(phone, 494, offer=sdp.plain(stack.phone_ip))
