from lib import calls, check, media, sdp

DEFINES = {"REQUIRE_SECURE_TRANSPORT": "1"}


def run(stack):
    core, alice = stack.core(), calls.agreed(stack, transport="tls")
    offer = sdp.secure(stack.phone_ip, calls.PHONE_PORT)
    answer = sdp.plain(core.transport.address[0], calls.CORE_PORT)
    talk = calls.answered(alice, core, *alice.verify(), offer=offer, answer=answer)
    calls.no_keys(core)
    with media.capture(stack, stack.access, "access") as outside:
        media.talk(*media.ends(offer, talk.invite.body, answer, talk.answer.body))
    for tone in (media.UP, media.DOWN):
        check.that(not media.heard(outside, tone), f"{tone} Hz in clear outside")
    calls.hang_up(talk, alice, core)
    calls.no_sessions(stack)
