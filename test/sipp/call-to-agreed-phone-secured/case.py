from lib import calls, check, media, sdp


def run(stack):
    alice, bob = calls.agreed(stack), stack.phone("bob")
    check.status(bob.register(client=(), tags=()), 200)
    offer = sdp.plain(stack.phone_ip, 40100)
    call = bob.invite("alice", offer)
    invite = alice.request("INVITE")
    [asked] = sdp.read(invite.body)
    check.equal(asked.proto, "RTP/SAVP", "profile of the offer")
    check.absent(invite.body, "NULL_HMAC", "F8_128", "_32 ", "fingerprint")
    check.present(invite.body, "^a=3ge2ae:applied")
    tag, suite, _ = asked.cryptos[-1]
    answer = sdp.secure(stack.phone_ip, 40000, sdp.crypto(tag, suite))
    alice.reply(invite, 200, body=answer)
    check.status(call.final(), 200)
    call.ack()
    alice.request("ACK")
    with media.capture(stack, stack.access, "access") as outside:
        caller, callee = media.ends(offer, invite.body, answer, call.reply.body)
        media.talk(callee, caller)
    check.that(media.heard(outside, media.UP), "bob's leg is not plain")
    check.absent(bob.wire, "crypto", "inline", "3ge2ae", "mediasec")
    bye = call.bye()
    alice.reply(alice.request("BYE"), 200)
    check.status(bob.answer(bye), 200)
    calls.no_sessions(stack)
