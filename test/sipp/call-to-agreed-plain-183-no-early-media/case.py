from lib import calls, check, media, parties, sdp


def run(stack):
    alice = parties.registered(stack, parties.SDES)
    bob = parties.registered(stack, parties.PLAIN, "bob")
    offer, answer = bob.offer(), alice.body(sdp.mline(alice.port))
    call = parties.invite(stack, bob, offer, target="alice")
    taken = alice.agent.request("INVITE")
    alice.agent.reply(taken, 183, body=answer)
    check.equal(call.progress(183).body, "", "body of the 183")
    media.talk(parties.in_clear(answer, taken.body, media.UP, media.DOWN),
               parties.in_clear(offer, taken.body, media.DOWN, media.UP), silent=True)
    alice.agent.reply(taken, 200, body=answer)
    check.status(call.final(), 488)
    alice.agent.request("ACK")
    alice.agent.reply(alice.agent.request("BYE"), 200)
    calls.no_sessions(stack)
