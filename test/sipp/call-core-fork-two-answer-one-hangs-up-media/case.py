from lib import calls, check, parties
from lib.message import Message


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    second = parties.Party(stack, core.agent, parties.PLAIN)
    offer = alice.offer()
    call = parties.invite(stack, alice, offer)
    taken = calls.take(alice.agent, core.agent, call)
    replies, answers = [], []
    for party, tag in ((core, "first"), (second, "second")):
        fork = Message(taken.start, [
            (name, f"{value};tag={tag}" if name == "To" else value)
            for name, value in taken.headers], source=taken.source)
        answers.append(party.answer(taken.body))
        core.agent.reply(fork, 200, body=answers[-1])
        replies.append(call.final())
        check.equal((replies[-1].status, replies[-1].tag("To")), (200, tag), "reply")
        call.ack()
        core.agent.request("ACK")
    bye = call.bye()
    core.agent.reply(core.agent.request("BYE"), 200)
    check.status(alice.agent.answer(bye), 200)
    call.reply = replies[0]
    dialog = parties.Dialog(stack, alice, core, call, taken)
    dialog.last = parties.Exchange(alice, core, offer, taken.body, answers[0],
                                   replies[0].body)
    dialog.talk()
    dialog.hang_up()
    calls.no_sessions(stack)
