from lib import calls, check, parties, sdp


def early(stack, caller, callee):
    """The first exchange; the dialog and the 183."""
    offer = caller.offer()
    call = parties.invite(stack, caller, offer, "Supported: 100rel",
                          target=parties.number(callee))
    taken = calls.take(caller.agent, callee.agent, call)
    answer = callee.answer(taken.body)
    callee.agent.reply(taken, 183, "Require: 100rel", "RSeq: 1", body=answer)
    return parties.Dialog(stack, caller, callee, call, taken), call.progress(183)


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    for caller, callee in ((alice, core), (core, alice)):
        dialog, ringing = early(stack, caller, callee)
        call = dialog.call
        caller.renew()
        offer, before = caller.offer(), stack.counters()["secured"]
        prack = caller.agent.send(call.inside(
            "PRACK", f"RAck: 1 {call.cseq} INVITE", body=offer, dialog=ringing))
        got = dialog.arrives(caller, prack)
        check.equal(sdp.read(got.body)[0].proto, callee.kind.proto, "offer in PRACK")
        answer = callee.answer(got.body)
        callee.agent.reply(got, 200, body=answer)
        reply = caller.agent.answer(prack)
        check.status(reply, 200)
        calls.no_keys(core.agent)
        check.equal(stack.counters()["secured"] - before, caller is alice,
                    "counter secured")
        check.equal(sdp.read(reply.body)[0].proto, caller.kind.proto, "answer to it")
        dialog.last = parties.Exchange(caller, callee, offer, got.body, answer,
                                       reply.body)
        dialog.talk(packets=20)
        callee.agent.reply(dialog.invite, 200)
        check.status(call.final(), 200)
        call.ack()
        callee.agent.request("ACK")
        dialog.talk(packets=20)
        dialog.hang_up()
        calls.no_sessions(stack)
