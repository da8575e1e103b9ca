from lib import calls, check, media, sdp


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    offer = sdp.secure(stack.phone_ip, calls.PHONE_PORT)
    answer = sdp.plain(core.transport.address[0], calls.CORE_PORT)
    talk = calls.answered(alice, core, *alice.verify(), offer=offer, answer=answer)

    [seen] = sdp.read(talk.invite.body)
    check.equal(seen.proto, "RTP/AVP", "profile in the core")
    calls.no_keys(core)
    [got] = sdp.read(talk.answer.body)
    check.equal(got.proto, "RTP/SAVP", "profile of the answer")
    for reply in (*alice.inbox, talk.answer):
        check.rows(reply, "Security-Server", [])

    phone, behind = media.ends(offer, talk.invite.body, answer, talk.answer.body)
    with media.capture(stack, stack.access, "access") as outside, \
            media.capture(stack, stack.core_ip, "core") as inside:
        media.talk(phone, behind)
    for tone in (media.UP, media.DOWN):
        check.that(not media.heard(outside, tone), f"{tone} Hz in clear outside")
        check.that(media.heard(inside, tone), f"{tone} Hz is not in the core")

    wrong = ["--suite", sdp.SUITE, "--tx-key", sdp.key(), "--rx-key", sdp.key()]
    media.talk(phone, behind, silent=True, keys=wrong)

    calls.hang_up(talk, alice, core)
    calls.no_sessions(stack)
