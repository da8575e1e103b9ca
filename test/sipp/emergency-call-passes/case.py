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
    calls.without_offer(alice, core, target="112")
    calls.no_sessions(stack)
    calls.no_keys(core)
    before = len(core.wire)
    for route in ("<urn:service:sos>", f"<sip:112@{stack.domain};lr>",
                  f"<sip:112@{stack.access}:{stack.ports['access']};lr>"):
        call = alice.invite("200", plain, f"Route: {route}")
        check.that((call.reply or call.final()).status in (400, 488, 494),
                   f"Route {route}: {call.reply.start}")
    core.seen()
    check.equal(core.wire[before:], "", "what reached the core")
