from lib import calls, check, sdp

WRITE = '{"action":1,"htname":"mediasec","cname":"b|x|y","type":2,"strval":"v1","mode":1}'


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    inside = (stack.core_ip, stack.ports["core"])
    for peer in (None, inside):
        forged = alice.build("KDMQ", "sip:htable@127.0.0.1",
                             "Content-Type: application/json", body=WRITE)
        alice.send(forged, peer)
        check.that(alice.answer(forged).status >= 400, "a KDMQ message is accepted")
    call = alice.build("INVITE", f"sip:200@{stack.domain}", body=sdp.plain("127.0.0.1"))
    alice.send(call, inside)
    check.that(alice.answer(call).status >= 400, "a call on the core's side is accepted")
    check.equal(len(stack.agreements()), 1, "agreements")
    core.seen()
    check.equal(core.wire, "", "what reached the core")
