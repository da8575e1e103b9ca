from lib import calls, check, parties


def run(stack):
    bob = parties.registered(stack, parties.PLAIN, "bob")
    phones = [parties.registered(stack, parties.SDES) for _ in range(2)]
    offer = bob.offer()
    call = parties.invite(stack, bob, offer, target="alice")
    taken = [one.agent.request("INVITE") for one in phones]
    replies, answers = [], []
    for one, got in zip(phones, taken):
        answers.append(one.answer(got.body))
        one.agent.reply(got, 200, body=answers[-1])
        replies.append(call.final())
        check.status(replies[-1], 200)
        call.ack()
        one.agent.request("ACK")
    check.that(replies[0].tag("To") != replies[1].tag("To"), "one To-tag")
    bye = call.bye()  # in the dialog of the reply that came last
    phones[1].agent.reply(phones[1].agent.request("BYE"), 200)
    check.status(bob.agent.answer(bye), 200)
    call.reply = replies[0]
    dialog = parties.Dialog(stack, bob, phones[0], call, taken[0])
    dialog.last = parties.Exchange(bob, phones[0], offer, taken[0].body, answers[0],
                                   replies[0].body)
    dialog.talk()
    dialog.hang_up()
    calls.no_sessions(stack)
