from lib import calls, check, parties
from lib.relay import Relay

relay = Relay()
DEFINES = relay.defines


def run(stack):
    relay.lead_to(stack)
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    offer = alice.offer()
    call = parties.invite(stack, alice, offer)
    taken = calls.take(alice.agent, core.agent, call)
    answers = {"first": core.answer(taken.body)}
    core.renew()
    answers["second"] = core.answer(taken.body)
    relay.take()
    bodies = []
    for _ in range(3):
        for tag, answer in answers.items():
            core.agent.reply(parties.forked(taken, tag), 183, body=answer)
            bodies.append(call.progress(183).body)
    check.equal(bodies, bodies[:2] * 3, "what alice gets")
    check.equal(relay.take()[0], {"answer": 2}, "commands")
    for _ in range(2):
        core.agent.reply(parties.forked(taken, "first"), 200, body=answers["first"])
        check.status(call.final(), 200)
        call.ack()
        core.agent.request("ACK")
    check.equal(relay.take()[0], {"answer": 1}, "commands for the 200")
    bye = call.bye()
    core.agent.reply(core.agent.request("BYE"), 200)
    check.status(alice.agent.answer(bye), 200)
