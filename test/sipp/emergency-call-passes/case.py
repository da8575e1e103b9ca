from lib import calls, check, sdp

DEFINES = {"POLICY": "required"}


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    plain = sdp.plain(stack.phone_ip)
    for target in ("urn:service:sos", f"sip:112@{stack.domain}"):
        for rows in ([], ["Security-Verify: wrong;mediasec"]):
            talk = calls.answered(alice, core, *rows, offer=plain, target=target)
            check.equal(sdp.read(talk.answer.body)[0].proto, "RTP/AVP", "answer")
            calls.hang_up(talk, alice, core)
    talk = calls.answered(alice, core, target=f"sip:112@{stack.domain}")
    check.equal(sdp.read(talk.answer.body)[0].proto, "RTP/SAVP", "answer")
    calls.hang_up(talk, alice, core)
    no_offer(stack, alice, core)
    calls.no_keys(core)
    before = len(core.wire)
    for route in ("<urn:service:sos>", f"<sip:112@{stack.domain};lr>",
                  f"<sip:112@{stack.access}:{stack.ports['access']};lr>"):
        call = alice.invite("200", plain, f"Route: {route}")
        check.that((call.reply or call.final()).status in (400, 488, 494),
                   f"Route {route}: {call.reply.start}")
    core.seen()
    check.equal(core.wire[before:], "", "what reached the core")


def no_offer(stack, alice, core):
    """The offer is ours: as the phone agreed."""
    call = alice.invite("112", None)
    core.reply(calls.take(alice, core, call), 200, body=sdp.plain("127.0.0.1"))
    check.status(call.final(), 200)
    [offer] = sdp.read(call.reply.body)
    check.equal(offer.proto, "RTP/SAVP", "profile of our offer")
    tag, suite, _ = offer.cryptos[-1]
    call.ack(body=sdp.secure(stack.phone_ip, 40000, sdp.crypto(tag, suite)))
    check.equal(sdp.read(core.request("ACK").body)[0].proto, "RTP/AVP",
                "profile of the answer in the core")
    bye = call.bye()
    core.reply(core.request("BYE"), 200)
    check.status(alice.answer(bye), 200)
    calls.no_sessions(stack)
