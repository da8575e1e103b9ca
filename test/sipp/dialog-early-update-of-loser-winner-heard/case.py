from lib import check, parties


def play(stack, before=None, after=None):
    """The caller answers the UPDATE of the other phone with one of these codes,
    before or after the call is up. What the phone gets."""
    bob, offer, call, phones, taken = parties.fork(stack)
    (wins, loses), answers = phones, []
    for one, got in zip(phones, taken):
        answers.append(one.answer(got.body))
        one.agent.reply(got, 183, body=answers[-1])
        call.progress(183)
    loses.renew()
    update = loses.agent.send(loses.agent.inside(taken[1], "UPDATE", *loses.rows(),
                                                 body=loses.offer()))
    arrived = parties.arrives(loses.agent, bob.agent, update)
    body = bob.answer(arrived.body)
    if before:
        bob.agent.reply(arrived, before, body=body)
        check.status(loses.agent.answer(update), before)
    wins.agent.reply(taken[0], 200, body=answers[0])
    check.status(call.final(), 200)
    call.ack()
    wins.agent.request("ACK")
    if after:
        bob.agent.reply(arrived, after, body=body if after == 200 else None)
        reply = loses.agent.answer(update)
    loses.agent.reply(loses.agent.request("CANCEL"), 200)
    dialog = parties.Dialog(stack, bob, wins, call, taken[0])
    dialog.last = parties.Exchange(bob, wins, offer, taken[0].body, answers[0],
                                   call.reply.body)
    dialog.talk(packets=20)
    dialog.hang_up()
    return reply if after else None


def run(stack):
    play(stack, before=200)
    stack.restart()
    check.status(play(stack, after=200), 491)
    stack.restart()
    check.status(play(stack, after=481), 481)
