from lib import calls, check, parties


def run(stack):
    core = parties.behind(stack)
    for user, kind in (("alice", parties.SDES), ("bob", parties.PLAIN)):
        phone = parties.registered(stack, kind, user)
        offer = phone.offer()
        call = parties.invite(stack, phone, offer)
        taken = calls.take(phone.agent, core.agent, call)
        answer = core.answer(taken.body)
        core.agent.reply(taken, 200, body=answer)
        check.status(call.final(), 200)
        call.ack(body=offer)
        check.equal(core.agent.request("ACK").body, "", "body of the ACK")
        dialog = parties.Dialog(stack, phone, core, call, taken)
        dialog.last = parties.Exchange(phone, core, offer, taken.body, answer,
                                       call.reply.body)
        dialog.talk(packets=20)
        dialog.hang_up()
        calls.no_sessions(stack)
    check.absent(core.agent.wire, "crypto", "inline", "SAVP")
