from lib import calls, check, media, parties, sdp


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    call = parties.invite(stack, alice, None, "Supported: 100rel")
    taken = calls.take(alice.agent, core.agent, call)
    offer = core.offer()
    core.agent.reply(taken, 183, "Require: 100rel", "RSeq: 1", body=offer)
    early = call.progress(183)
    answer = alice.body(sdp.mline(alice.port))
    prack = alice.agent.send(call.inside("PRACK", f"RAck: 1 {call.cseq} INVITE",
                                         body=answer, dialog=early))
    got = parties.arrives(alice.agent, core.agent, prack)
    check.equal(got.body, "", "body of the PRACK in the core")
    media.talk(parties.in_clear(answer, early.body, media.UP, media.DOWN),
               parties.in_clear(offer, early.body, media.DOWN, media.UP), silent=True)
    core.agent.reply(got, 200)
    check.status(alice.agent.answer(prack), 200)
    call.cancel()
    parties.cancelled(core.agent, taken)
    check.status(call.final(), 487)
    calls.no_sessions(stack)
