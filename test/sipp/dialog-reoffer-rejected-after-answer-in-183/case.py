from lib import calls, check, parties


def connect(stack, caller, callee, late):
    """late: the offer is the callee's."""
    offer = None if late else caller.offer()
    call = parties.invite(stack, caller, offer, "Supported: 100rel")
    taken = calls.take(caller.agent, callee.agent, call)
    dialog = parties.Dialog(stack, caller, callee, call, taken)
    first = callee.offer() if late else callee.answer(taken.body)
    callee.agent.reply(taken, 183, "Require: 100rel", "RSeq: 1", body=first)
    ringing = call.progress(183)
    answer = caller.answer(ringing.body) if late else None
    prack = caller.agent.send(call.inside(
        "PRACK", f"RAck: 1 {call.cseq} INVITE", body=answer, dialog=ringing))
    got = dialog.arrives(caller, prack)
    callee.agent.reply(got, 200)
    check.status(caller.agent.answer(prack), 200)
    callee.agent.reply(taken, 200)
    check.status(call.final(), 200)
    call.ack()
    callee.agent.request("ACK")
    dialog.last = parties.Exchange(callee, caller, first, ringing.body, answer,
                                   got.body) if late else \
        parties.Exchange(caller, callee, offer, taken.body, first, ringing.body)
    return dialog


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    for late in (False, True):
        dialog = connect(stack, alice, core, late)
        for by in (alice, core):
            old = by.port, by.key
            by.renew()
            dialog.rejected(by, 488)
            by.port, by.key = old
            dialog.talk(packets=20)
        dialog.hang_up()
