from lib import calls, check, parties

RELIABLE = ("Require: 100rel", "RSeq: 1")


def connect(stack, caller, callee, target):
    call = parties.invite(stack, caller, None, "Supported: 100rel", target=target)
    taken = calls.take(caller.agent, callee.agent, call)
    check.equal(taken.body, "", "an offer nobody made")
    dialog = parties.Dialog(stack, caller, callee, call, taken)
    offer = callee.offer()
    callee.agent.reply(taken, 183, *RELIABLE, body=offer)
    early = call.progress(183)
    answer = caller.answer(early.body)
    prack = caller.agent.send(call.inside(
        "PRACK", f"RAck: 1 {call.cseq} INVITE", body=answer, dialog=early))
    got = dialog.arrives(caller, prack)
    callee.agent.reply(got, 200)
    check.status(caller.agent.answer(prack), 200)
    dialog.last = parties.Exchange(callee, caller, offer, early.body, answer, got.body)
    dialog.talk(packets=20)
    callee.agent.reply(taken, 200)
    check.status(call.final(), 200)
    call.ack()
    callee.agent.request("ACK")
    return dialog


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    for caller, callee, target in ((alice, core, "200"), (core, alice, "alice")):
        dialog = connect(stack, caller, callee, target)
        dialog.talk(packets=20)
        dialog.hang_up()
        calls.no_sessions(stack)
    calls.no_keys(core.agent)
