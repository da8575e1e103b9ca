from lib import calls, check, media, sdp


def run(stack):
    bob, carol = stack.phone("bob"), stack.phone("carol")
    for phone in (bob, carol):
        check.status(phone.register(client=(), tags=()), 200)
        check.absent(phone.wire, "mediasec", "Security-")
    offer = sdp.plain(stack.phone_ip, 40000)
    answer = sdp.plain(stack.phone_ip, 40100)
    talk = calls.answered(bob, carol, offer=offer, answer=answer, target="carol")
    for body in (talk.invite.body, talk.answer.body):
        [side] = sdp.read(body)
        check.equal((side.proto, side.address), ("RTP/AVP", stack.access), "media")
    media.talk(*media.ends(offer, talk.invite.body, answer, talk.answer.body))
    calls.hang_up(talk, bob, carol)
    for phone in (bob, carol):
        check.absent(phone.wire, "mediasec", "Security-", "crypto", "3ge2ae")
    calls.no_sessions(stack)
