from lib import calls, check, media, sdp


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    offer = sdp.plain(stack.phone_ip, calls.PHONE_PORT, sdp.crypto())
    answer = sdp.plain(core.transport.address[0], calls.CORE_PORT)
    talk = calls.answered(alice, core, *alice.verify(), offer=offer, answer=answer)
    calls.no_keys(core)
    [got] = sdp.read(talk.answer.body)
    check.equal((got.proto, len(got.cryptos)), ("RTP/AVP", 1), "answer")
    with media.capture(stack, stack.access, "access") as outside:
        media.talk(*media.ends(offer, talk.invite.body, answer, talk.answer.body))
    for tone in (media.UP, media.DOWN):
        check.that(not media.heard(outside, tone), f"{tone} Hz in clear outside")
