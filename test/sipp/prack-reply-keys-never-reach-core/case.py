from lib import calls, check, parties


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    call = parties.invite(stack, core, core.offer(), "Supported: 100rel",
                          target="alice")
    taken = calls.take(core.agent, alice.agent, call)
    alice.agent.reply(taken, 183, "Require: 100rel", "RSeq: 1",
                      body=alice.answer(taken.body))
    ringing = call.progress(183)
    prack = core.agent.send(call.inside("PRACK", f"RAck: 1 {call.cseq} INVITE",
                                        dialog=ringing))
    got = parties.arrives(core.agent, alice.agent, prack)
    alice.agent.reply(got, 200, body=alice.offer())
    check.status(core.agent.answer(prack), 200)
    check.that(alice.key not in core.agent.wire, "the phone's key in the core")
    calls.no_keys(core.agent)
