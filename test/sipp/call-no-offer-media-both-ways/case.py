from lib import calls, check, parties


def connect(stack, caller, callee, target):
    call = parties.invite(stack, caller, None, target=target)
    taken = calls.take(caller.agent, callee.agent, call)
    dialog = parties.Dialog(stack, caller, callee, call, taken)
    offer = callee.offer()
    callee.agent.reply(taken, 200, body=offer)
    check.status(call.final(), 200)
    answer = caller.answer(call.reply.body)
    call.ack(body=answer)
    got = callee.agent.request("ACK")
    dialog.last = parties.Exchange(callee, caller, offer, call.reply.body, answer,
                                   got.body)
    return dialog


def run(stack):
    core = parties.behind(stack)
    for user, kind in (("alice", parties.SDES), ("carol", parties.ACTIVE)):
        phone = parties.registered(stack, kind, user)
        for caller, callee, target in ((phone, core, "200"), (core, phone, user)):
            phone.renew()
            dialog = connect(stack, caller, callee, target)
            dialog.talk()
            dialog.hang_up()
    check.absent(core.agent.wire, "crypto", "inline", "fingerprint", "SAVP")
    calls.no_sessions(stack)
