from lib import calls, check, sdp


def run(stack):
    secured, plain, bob = calls.agreed(stack), stack.phone(), stack.phone("bob")
    for phone in (plain, bob):
        check.status(phone.register(client=(), tags=()), 200)
    call = bob.invite("alice", sdp.plain(stack.phone_ip, 40200))
    first, second = secured.request("INVITE"), plain.request("INVITE")
    check.equal([sdp.read(one.body)[0].proto for one in (first, second)],
                ["RTP/SAVP", "RTP/AVP"], "profiles of the branches")
    calls.no_keys(plain)
    secured.reply(first, 200, body=sdp.plain(stack.phone_ip, 40000))
    secured.request("ACK")
    secured.reply(secured.request("BYE"), 200)
    plain.reply(second, 200, body=sdp.plain(stack.phone_ip, 40100))
    check.status(call.final(), 200)
    call.ack()
    plain.request("ACK")
    bye = call.bye()
    plain.reply(plain.request("BYE"), 200)
    check.status(bob.answer(bye), 200)
    calls.no_sessions(stack)
