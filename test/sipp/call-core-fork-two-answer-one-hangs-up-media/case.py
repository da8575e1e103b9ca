from copy import copy

from lib import calls, check, parties


def both_answer(stack, alice, core, second):
    """The dialogs of a call that two parties behind the core have answered."""
    offer = alice.offer()
    call = parties.invite(stack, alice, offer)
    taken = calls.take(alice.agent, core.agent, call)
    dialogs = []
    for party, tag in ((core, "first"), (second, "second")):
        answer = party.answer(taken.body)
        core.agent.reply(parties.forked(taken, tag), 200, body=answer)
        reply = call.final()
        check.equal((reply.status, reply.tag("To")), (200, tag), "reply")
        call.ack()
        core.agent.request("ACK")
        dialogs.append(parties.Dialog(stack, alice, party, copy(call), taken))
        dialogs[-1].last = parties.Exchange(alice, party, offer, taken.body, answer,
                                            reply.body)
    return dialogs


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    second = parties.Party(stack, core.agent, parties.PLAIN)
    for unwanted in (1, 0):
        dialogs = both_answer(stack, alice, core, second)
        dialogs[1].talk(packets=30)  # who spoke last
        dialogs[unwanted].hang_up()
        kept = dialogs[1 - unwanted]
        kept.talk(packets=30)
        kept.outlives_rejection(stack, alice)
        kept.hang_up()
        calls.no_sessions(stack)
