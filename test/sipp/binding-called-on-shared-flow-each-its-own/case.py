from lib import calls, check, sdp


def run(stack):
    alice, bob, carol = calls.agreed(stack), stack.phone("bob"), stack.phone("carol")
    bob.transport.close()
    bob.transport = alice.transport
    for phone in (bob, carol):
        check.status(phone.register(client=(), tags=()), 200)
    for user, profile in (("alice", "RTP/SAVP"), ("bob", "RTP/AVP"),
                          ("ALICE", "RTP/SAVP"), ("BOB", "RTP/AVP")):
        call = carol.invite(user, sdp.plain(stack.phone_ip))
        invite = alice.request("INVITE")
        check.equal(sdp.read(invite.body)[0].proto, profile, f"offer to {user}")
        alice.reply(invite, 486)
        check.status(call.final(), 486)
    calls.no_keys(carol)
