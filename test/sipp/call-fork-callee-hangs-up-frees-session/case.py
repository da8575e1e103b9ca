from lib import calls, check, parties


def run(stack):
    bob, offer, call, phones, taken = parties.fork(stack)
    phones[1].agent.reply(taken[1], 180)
    call.progress(180)
    answer = phones[0].answer(taken[0].body)
    phones[0].agent.reply(taken[0], 200, body=answer)
    parties.cancelled(phones[1].agent, taken[1])
    check.status(call.final(), 200)
    call.ack()
    phones[0].agent.request("ACK")
    dialog = parties.Dialog(stack, bob, phones[0], call, taken[0])
    dialog.hang_up(by=phones[0])
    calls.no_sessions(stack)
