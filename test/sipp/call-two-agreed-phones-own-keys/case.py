from lib import calls, check, media, sdp


def run(stack):
    alice, carol = calls.agreed(stack), calls.agreed(stack, "carol")
    offer = sdp.secure(stack.phone_ip, 40000)
    call = alice.invite("carol", offer, *alice.verify())
    invite = carol.request("INVITE")
    [asked] = sdp.read(invite.body)
    tag, suite, _ = asked.cryptos[-1]
    answer = sdp.secure(stack.phone_ip, 40100, sdp.crypto(tag, suite))
    carol.reply(invite, 200, body=answer)
    check.status(call.final(), 200)
    call.ack()
    carol.request("ACK")
    for own, other in ((offer, carol), (answer, alice)):
        key = sdp.read(own)[0].cryptos[0][2]
        check.that(key not in other.wire, f"{other.user} got the key of the other")
    with media.capture(stack, stack.access, "access") as outside:
        media.talk(*media.ends(offer, invite.body, answer, call.reply.body))
    for tone in (media.UP, media.DOWN):
        check.that(not media.heard(outside, tone), f"{tone} Hz in clear outside")
    bye = call.bye()
    carol.reply(carol.request("BYE"), 200)
    check.status(alice.answer(bye), 200)
    calls.no_sessions(stack)
