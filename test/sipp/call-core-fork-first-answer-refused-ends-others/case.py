from lib import calls, check, parties


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    call = parties.invite(stack, alice, alice.offer())
    taken = calls.take(alice.agent, core.agent, call)
    for tag, answer in (("first", "v=0\r\nbroken\r\n"),
                        ("second", core.answer(taken.body))):
        core.agent.reply(parties.forked(taken, tag), 200, body=answer)
        bye = core.agent.request("BYE")
        check.equal(bye.tag("To"), tag, "To-tag of the BYE")
        core.agent.reply(bye, 200)
    check.status(call.final(), 400)
    calls.no_sessions(stack)
    check.equal([one.start for one in alice.agent.seen() if one.status >= 200], [],
                "replies after the refusal")
    check.equal(stack.counters()["refused_sdp_malformed"], 2, "counter")
