from lib import calls, check, events, sdp


def run(stack):
    core, alice, bob = stack.core(), calls.agreed(stack), stack.phone("bob")
    check.status(bob.register(client=(), tags=()), 200)
    flow = "udp:%s:%d" % alice.transport.address
    reply = calls.refused(alice, 494, "Security-Verify: wrong;mediasec")
    event = events.next_ones(stack, 2)[1]
    events.has(event, event="rejected", reason="verify_differs", flow=flow,
               aor="alice@example.net", callid=reply.value("Call-ID"), state="agreed",
               verify="differs", agreed="sdes-srtp", dialog="0")

    stack.freeze_rtpengine()
    reply = calls.refused(alice, 503, *alice.verify())
    stack.thaw_rtpengine()
    event = events.next_ones(stack, 3)[2]
    events.has(event, event="rejected", reason="relay_failed", flow=flow,
               aor="alice@example.net", callid=reply.value("Call-ID"), state=None)

    call = bob.invite("alice", sdp.plain(stack.phone_ip, 40100))
    alice.reply(alice.request("INVITE"), 200, body=sdp.plain(stack.phone_ip))
    check.status(call.final(), 488)
    alice.request("ACK")
    alice.reply(alice.request("BYE"), 200)
    event = events.next_ones(stack, 4)[3]
    events.has(event, event="rejected", reason="answer_insecure", flow=flow,
               aor="alice@example.net", callid=call.reply.value("Call-ID"))

    call = alice.invite("200", None, *alice.verify())
    core.reply(calls.take(alice, core, call), 200,
               body=sdp.plain(core.transport.address[0]))
    check.status(call.final(), 200)
    call.ack(body=sdp.plain(stack.phone_ip))
    event = events.next_ones(stack, 6)[5]
    events.has(event, event="rejected", reason="answer_insecure", dialog="1",
               aor="alice@example.net")
