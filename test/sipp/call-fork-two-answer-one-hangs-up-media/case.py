from copy import copy

from lib import calls, check, parties


def both_answer(stack, caller, phones):
    """The dialogs of a call that all of them have answered."""
    offer = caller.offer()
    call = parties.invite(stack, caller, offer, target="alice")
    taken = [one.agent.request("INVITE") for one in phones]
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
    return dialogs


def run(stack):
    bob = parties.registered(stack, parties.PLAIN, "bob")
    carol = parties.registered(stack, parties.SDES, "carol")
    phones = [parties.registered(stack, parties.SDES) for _ in range(2)]
    for caller, unwanted, by_caller in ((bob, 1, True), (bob, 0, False),
                                        (carol, 1, False), (carol, 0, True)):
        dialogs = both_answer(stack, caller, phones)
        ended, kept = dialogs[unwanted], dialogs[1 - unwanted]
        ended.hang_up(by=caller if by_caller else ended.callee)
        kept.talk(packets=30)
        kept.hang_up()
        calls.no_sessions(stack)
