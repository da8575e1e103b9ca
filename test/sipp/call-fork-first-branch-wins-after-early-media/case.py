from lib import calls, check, parties


def run(stack):
    bob, offer, call, phones, taken = parties.fork(stack)
    answers = []
    for one, got in zip(phones, taken):
        answers.append(one.answer(got.body))
        one.agent.reply(got, 183, body=answers[-1])
        call.progress(183)
    phones[0].agent.reply(taken[0], 200, body=answers[0])
    check.status(call.final(), 200)
    call.ack()
    phones[0].agent.request("ACK")
    parties.cancelled(phones[1].agent, taken[1])
    dialog = parties.Dialog(stack, bob, phones[0], call, taken[0])
    dialog.last = parties.Exchange(bob, phones[0], offer, taken[0].body, answers[0],
                                   call.reply.body)
    dialog.talk()
    dialog.hang_up()
    calls.no_sessions(stack)
