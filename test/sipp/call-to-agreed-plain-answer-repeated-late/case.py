from lib import calls, check, parties, sdp


def run(stack):
    alice = parties.registered(stack, parties.SDES)
    bob = parties.registered(stack, parties.PLAIN, "bob")
    call = parties.invite(stack, bob, bob.offer(), target="alice")
    taken = alice.agent.request("INVITE")
    answer = alice.body(sdp.mline(alice.port))
    alice.agent.reply(taken, 200, body=answer)
    check.status(call.final(), 488)
    alice.agent.request("ACK")
    alice.agent.reply(alice.agent.request("BYE"), 200)
    calls.no_sessions(stack)
    alice.agent.reply(taken, 200, body=answer)
    parties.waited(lambda: stack.rpc("tm.stats")["current"] == 0,
                   "transactions do not end")
    alice.agent.reply(taken, 200, body=answer)
    stack.rpc("core.uptime")
    parties.waited(lambda: stack.counters()["stripped"] == 1, "no late 200")
    check.equal([one.start for one in alice.agent.seen() if one.method == "BYE"], [],
                "another BYE")
    for reply in bob.agent.seen():
        check.equal(reply.body, "", f"body of {reply.start!r}")
    check.equal(stack.sessions(), [], "sessions of rtpengine")
