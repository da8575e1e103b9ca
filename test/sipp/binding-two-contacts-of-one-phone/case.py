from lib import calls, check, sdp


def run(stack):
    core, alice, bob = stack.core(), stack.phone(), stack.phone("bob")
    check.status(bob.register(client=(), tags=()), 200)
    lines = [f"<{alice.contact};line={n}>" for n in (1, 2)]
    check.status(alice.register(contact=", ".join(lines)), 200)
    calls.refused(alice, 494, offer=sdp.plain(stack.phone_ip))
    call = bob.invite("alice", sdp.plain(stack.phone_ip))
    for _ in lines:
        invite = alice.request("INVITE")
        check.equal(sdp.read(invite.body)[0].proto, "RTP/SAVP", invite.start)
        alice.reply(invite, 486)
    check.status(call.final(), 486)
    calls.hang_up(calls.answered(alice, core, *alice.verify()), alice, core)
