from lib import calls, check, media, sdp

DEFINES = {"REQUIRE_SECURE_TRANSPORT": "1"}


def run(stack):
    core, alice = stack.core(), calls.agreed(stack, transport="tls")
    offer = sdp.secure(stack.phone_ip, calls.PHONE_PORT)
    answer = sdp.plain(core.transport.address[0], calls.CORE_PORT)
    talk = calls.answered(alice, core, *alice.verify(), offer=offer, answer=answer)
    calls.no_keys(core)
    [own], [got] = sdp.read(offer), sdp.read(talk.answer.body)
    [sent], [seen] = sdp.read(answer), sdp.read(talk.invite.body)
    with media.capture(stack, stack.access, "access") as outside:
        media.talk(media.End(own, got, media.UP, media.DOWN),
                   media.End(sent, seen, media.DOWN, media.UP))
    for tone in (media.UP, media.DOWN):
        check.that(not media.heard(outside, tone), f"{tone} Hz in clear outside")
    calls.hang_up(talk, alice, core)
    calls.no_sessions(stack)
