from lib import calls, check, sdp

DEFINES = {"STORE": "usrloc", "UNKNOWN_BINDING": "refuse"}
ANONYMOUS = {"sender": "<sip:anonymous@anonymous.invalid>;tag=x"}


def run(stack):
    core, alice, bob = stack.core(), calls.agreed(stack), stack.phone("bob")
    carol = calls.agreed(stack, "carol", transport="tcp")
    check.status(bob.register(client=(), tags=()), 200)
    before, plain = stack.records(), sdp.plain(stack.phone_ip)
    stack.crash()
    check.equal(stack.records(), before, "records")
    calls.refused(alice, 494, offer=plain, **ANONYMOUS)
    calls.refused(alice, 494, "Security-Verify: wrong;mediasec")
    calls.hang_up(calls.answered(alice, core, *alice.verify(), **ANONYMOUS),
                  alice, core)
    calls.hang_up(calls.answered(bob, core, offer=plain), bob, core)
    carol.transport.close()
    carol.transport = stack.link("tcp")
    calls.refused(carol, 494, offer=plain)
    calls.hang_up(calls.answered(carol, core, *carol.verify()), carol, core)
    call = bob.invite("alice", plain)
    invite = alice.request("INVITE")
    check.equal(sdp.read(invite.body)[0].proto, "RTP/SAVP", "offer to alice")
    alice.reply(invite, 486)
    check.status(call.final(), 486)
    check.equal(stack.counters()["unknown"], 0, "requests of unknown senders")
    check.status(alice.register(expires=0), 200)
    check.equal(len(stack.agreements()), 1, "agreements")
