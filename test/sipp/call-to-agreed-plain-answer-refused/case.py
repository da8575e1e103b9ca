from lib import calls, check, sdp


def run(stack):
    alice, bob = calls.agreed(stack), stack.phone("bob")
    check.status(bob.register(client=(), tags=()), 200)
    for answer in (sdp.plain(stack.phone_ip),
                   sdp.secure(stack.phone_ip, 40000, sdp.crypto(77)),
                   sdp.secure(stack.phone_ip, 40000, sdp.crypto(1, "NULL_HMAC_SHA1_80")),
                   sdp.secure(stack.phone_ip, 40000, "a=inactive"),
                   "garbage"):
        call = bob.invite("alice", sdp.plain(stack.phone_ip, 40100))
        invite = alice.request("INVITE")
        alice.reply(invite, 200, body=answer)
        check.status(call.final(), 488)
        check.equal(call.reply.body, "", "body of the refusal")
        alice.request("ACK")
        alice.reply(alice.request("BYE"), 200)
        calls.no_sessions(stack)
    check.absent(bob.wire, "crypto", "inline")
