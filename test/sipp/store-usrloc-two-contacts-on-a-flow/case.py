from lib import calls, check, sdp

DEFINES = {"STORE": "usrloc"}


def run(stack):
    alice, bob = stack.phone(), stack.phone("bob")
    first, second = f"<{alice.contact};line=1>", f"<{alice.contact};line=2>"
    check.status(bob.register(client=(), tags=()), 200)
    check.status(alice.register(contact=first), 200)
    check.status(alice.register(contact=second, client=(), tags=()), 200)
    calls.refused(alice, 494, offer=sdp.plain(stack.phone_ip))
    call = bob.invite("alice", sdp.plain(stack.phone_ip))
    for _ in first, second:
        invite = alice.request("INVITE")
        check.equal(sdp.read(invite.body)[0].proto,
                    "RTP/SAVP" if "line=1" in invite.uri else "RTP/AVP", invite.uri)
        alice.reply(invite, 486)
    check.status(call.final(), 486)
    check.status(alice.register(contact=first, expires=0), 200)
    calls.answered(alice, stack.core(), offer=sdp.plain(stack.phone_ip))
