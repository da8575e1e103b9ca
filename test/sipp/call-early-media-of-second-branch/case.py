from lib import calls, check, parties


def run(stack):
    bob, offer, call, phones, taken = parties.fork(stack)
    for one, got in zip(phones, taken):
        answer = one.answer(got.body)
        one.agent.reply(got, 183, body=answer)
        early = call.progress(183)
        dialog = parties.Dialog(stack, bob, one, call, got)
        dialog.last = parties.Exchange(bob, one, offer, got.body, answer, early.body)
        dialog.talk(packets=20)
    phones[1].agent.reply(taken[1], 200, body=answer)
    check.status(call.final(), 200)
    call.ack()
    phones[1].agent.request("ACK")
    parties.cancelled(phones[0].agent, taken[0])
    dialog.last = parties.Exchange(bob, phones[1], offer, taken[1].body, answer,
                                   call.reply.body)
    dialog.talk(packets=20)
    dialog.hang_up()
    calls.no_sessions(stack)
