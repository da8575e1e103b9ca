from lib import calls, check, sdp

DEFINES = {"REQUIRE_SECURE_TRANSPORT": "1"}


def run(stack):
    core, alice = stack.core(), calls.agreed(stack, transport="tls")
    for transport in ("udp", "tcp"):
        stray = stack.phone(transport=transport)
        for rows in ([], alice.verify()):
            for offer in (sdp.plain(stack.phone_ip), sdp.secure(stack.phone_ip), None):
                call = stray.invite("200", offer, *rows)
                code = (call.reply or call.final()).status
                check.that(code in (403, 488, 494), f"{transport}: {call.reply.start}")
        first = stray.build("MESSAGE", f"sip:200@{stack.domain}", *alice.verify())
        check.status(stray.ask(stray.authorize(first, stray.ask(first))), 403)
    core.seen()
    check.equal(core.wire, "", "what reached the core")
