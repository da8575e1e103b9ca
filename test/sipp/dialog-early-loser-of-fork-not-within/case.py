from lib import check, parties


def run(stack):
    bob, offer, call, (wins, loses), (taken, lost) = parties.fork(stack)
    loses.agent.reply(lost, 183, body=loses.answer(lost.body))
    call.progress(183)
    answer = wins.answer(taken.body)
    wins.agent.reply(taken, 200, body=answer)
    check.status(call.final(), 200)
    call.ack()
    wins.agent.request("ACK")
    loses.agent.reply(loses.agent.request("CANCEL"), 200)
    dialog = parties.Dialog(stack, bob, wins, call, taken)
    dialog.last = parties.Exchange(bob, wins, offer, taken.body, answer,
                                   call.reply.body)
    dialog.talk(packets=20)
    loses.renew()
    sent = loses.agent.send(loses.agent.inside(lost, "UPDATE", *loses.rows(),
                                               body=loses.offer()))
    check.status(loses.agent.answer(sent), 481)
    dialog.talk(packets=20)
    dialog.hang_up()
