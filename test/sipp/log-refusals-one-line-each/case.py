from lib import audit, calls, check, sdp


def run(stack):
    core, alice, bob = stack.core(), calls.agreed(stack), stack.phone("bob")
    check.status(bob.register(client=(), tags=()), 200)
    talk = calls.answered(alice, core, *alice.verify())
    check.equal(audit.lines(stack), [], "lines before any refusal")
    told = 0

    def tells(phone, call_id, reason, code, of, method):
        nonlocal told
        [line] = audit.added(stack, told)
        told += 1
        audit.has(line, reason=reason, code=str(code), of=of, method=method,
                  aor=f"{phone.user}@example.net", ci=call_id,
                  src="udp:%s:%d" % phone.transport.address)

    check.status(bob.register(verify=["wrong;mediasec"]), 494)
    tells(bob, bob.call_id, "verify_differs", 494, "request", "REGISTER")
    check.status(bob.register(client=(), tags=()), 200)

    reply = calls.refused(alice, 488, *alice.verify(), offer=sdp.plain(stack.phone_ip))
    tells(alice, reply.value("Call-ID"), "offer_plain", 488, "request", "INVITE")

    again = talk.call.begin("INVITE", "Security-Verify: wrong;mediasec",
                            body=sdp.secure(stack.phone_ip))
    check.status(alice.answer(again), 494)
    alice.acknowledge(again, alice.ask(again))
    tells(alice, again.value("Call-ID"), "verify_differs", 494, "request", "INVITE")
    calls.hang_up(talk, alice, core)

    stack.freeze_rtpengine()
    reply = calls.refused(alice, 503, *alice.verify())
    stack.thaw_rtpengine()
    tells(alice, reply.value("Call-ID"), "relay_failed", 503, "branch", "INVITE")

    call = bob.invite("alice", sdp.plain(stack.phone_ip, 40100))
    alice.reply(alice.request("INVITE"), 200, body=sdp.plain(stack.phone_ip))
    check.status(call.final(), 488)
    alice.request("ACK")
    alice.reply(alice.request("BYE"), 200)
    tells(alice, call.reply.value("Call-ID"), "answer_insecure", 488, "answer", "INVITE")

    call = alice.invite("200", None, *alice.verify())
    core.reply(calls.take(alice, core, call), 200,
               body=sdp.plain(core.transport.address[0]))
    check.status(call.final(), 200)
    call.ack(body=sdp.plain(stack.phone_ip))
    tells(alice, call.reply.value("Call-ID"), "answer_insecure", 0, "body", "ACK")

    call = alice.invite("200", None, "Supported: 100rel", *alice.verify())
    taken = calls.take(alice, core, call)
    core.reply(taken, 183, "Require: 100rel", "RSeq: 1",
               body=sdp.plain(core.transport.address[0]))
    prack = call.inside("PRACK", f"RAck: 1 {call.cseq} INVITE",
                        body=sdp.plain(stack.phone_ip), dialog=call.progress(183))
    alice.send(prack)
    core.reply(core.request("PRACK"), 200)
    check.status(alice.answer(prack), 200)
    tells(alice, prack.value("Call-ID"), "answer_insecure", 0, "body", "PRACK")
