from lib import calls, check, sdp


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    talk = calls.answered(alice, core, *alice.verify())
    for method in ("INVITE", "UPDATE", "INFO"):
        body = sdp.secure(stack.phone_ip) if method != "INFO" else None
        sent = talk.call.begin(method, "Security-Verify: wrong;mediasec", body=body)
        reply = alice.answer(sent)
        check.status(reply, 494)
        check.rows(reply, "Security-Server", alice.list)
        if method == "INVITE":
            talk.call.acknowledge(sent, reply)
    check.equal([one.start for one in core.seen()], [], "what reached the core")
    calls.hang_up(talk, alice, core)
    calls.no_sessions(stack)
