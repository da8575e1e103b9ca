from lib import calls, check, sdp, stack as servers

DEFINES = {"ACCESS_IP": "[::1]"}
ANONYMOUS = {"sender": "<sip:anonymous@anonymous.invalid>;tag=x"}


def run(stack):
    core, bob = stack.core(), stack.phone("bob", ip=servers.IPV6)
    check.status(bob.register(client=(), tags=()), 200)
    for transport in ("udp", "tcp"):
        alice = calls.agreed(stack, transport=transport, ip=servers.IPV6)
        calls.refused(alice, 494, offer=sdp.plain(stack.phone_ip), **ANONYMOUS)
        calls.hang_up(calls.answered(alice, core, *alice.verify(),
                                     offer=sdp.secure(stack.phone_ip), **ANONYMOUS),
                      alice, core)
        call = bob.invite("alice", sdp.plain(stack.phone_ip))
        invite = alice.request("INVITE")
        check.equal(sdp.read(invite.body)[0].proto, "RTP/SAVP", "offer to alice")
        alice.reply(invite, 486)
        check.status(call.final(), 486)
        check.status(alice.register(expires=0), 200)
    check.equal(stack.counters()["unknown"], 0, "requests of unknown senders")
