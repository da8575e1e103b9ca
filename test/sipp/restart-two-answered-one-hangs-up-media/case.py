from copy import copy

from lib import calls, check, parties

DEFINES = {"SECRET": "of the cluster"}


def two_answer(stack, caller, phones, third):
    """The dialogs of a call that two phones have answered."""
    offer = caller.offer()
    call = parties.invite(stack, caller, offer, target="alice")
    taken = [one.agent.request("INVITE") for one in (*phones, third)]
    third.agent.reply(taken[2], 180)
    call.progress(180)
    dialogs = []
    for one, got in zip(phones, taken):
        answer = one.answer(got.body)
        one.agent.reply(got, 200, body=answer)
        check.status(call.final(), 200)
        call.ack()
        one.agent.request("ACK")
        dialogs.append(parties.Dialog(stack, caller, one, copy(call), got))
        dialogs[-1].last = parties.Exchange(caller, one, offer, got.body, answer,
                                            call.reply.body)
    parties.cancelled(third.agent, taken[2])
    return dialogs


def run(stack):
    bob = parties.registered(stack, parties.PLAIN, "bob")
    carol = parties.registered(stack, parties.SDES, "carol")
    phones = [parties.registered(stack, parties.SDES) for _ in range(3)]
    talks = [(caller, unwanted, two_answer(stack, caller, phones[:2], phones[2]))
             for caller, unwanted in ((bob, 0), (bob, 1), (carol, 0), (carol, 1))]
    stack.restart()
    for caller, unwanted, dialogs in talks:
        dialogs[unwanted].hang_up()
        kept = dialogs[1 - unwanted]
        if unwanted == 1:
            kept.reoffer(kept.callee)
        kept.talk(packets=30)
        kept.hang_up()
    calls.no_sessions(stack)
