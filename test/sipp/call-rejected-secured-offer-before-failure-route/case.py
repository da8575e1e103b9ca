from lib import calls, check, parties, sdp


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    offer = core.offer()
    call = parties.invite(stack, core, offer, target="alice")
    for proto in ("RTP/SAVP", "RTP/AVP"):
        taken = alice.agent.request("INVITE")
        check.equal(sdp.read(taken.body)[0].proto, proto, "offer")
        check.equal(taken.values("X-Own"), ["branch"], "row of the branch_route")
        check.equal([one for one in core.agent.seen() if not one.status], [],
                    "what came to the target of the failure_route")
        alice.agent.reply(taken, 488)
        alice.agent.request("ACK")
    mailbox = parties.Party(stack, core.agent, parties.PLAIN)
    taken = core.agent.request("INVITE")
    answer = mailbox.answer(taken.body)
    core.agent.reply(taken, 200, body=answer)
    check.status(call.final(), 200)
    check.equal(stack.counters()["retried_plain"], 1, "counter retried_plain")
    call.ack()
    core.agent.request("ACK")
    bye = call.bye()
    core.agent.reply(core.agent.request("BYE"), 200)
    check.status(core.agent.answer(bye), 200)
    calls.no_sessions(stack)
