from lib import calls, check, sdp


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    dtls = sdp.plain(stack.phone_ip)
    calls.hang_up(calls.answered(alice, core, *alice.verify()), alice, core)
    check.status(alice.register(client=["dtls-srtp;mediasec"]), 200)
    calls.refused(alice, 488, *alice.verify())
    check.status(alice.register(), 200)
    calls.refused(alice, 488, *alice.verify(), offer=dtls)
    calls.hang_up(calls.answered(alice, core, *alice.verify()), alice, core)
    check.equal(len(stack.agreements()), 1, "agreements")
