from lib import calls, check, parties
from lib.relay import Relay

RELAY = Relay()
DEFINES = RELAY.defines


def run(stack):
    parties.script_answers(stack)
    RELAY.lead_to(stack)
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    carol = parties.registered(stack, parties.SDES, "carol")
    dialog = parties.connect(stack, alice, core)
    RELAY.take()
    alice.renew()
    parties.refused_by_script(dialog, alice)
    alice.renew()
    offer = alice.offer()
    sent = dialog.send(alice, "INVITE", body=offer)
    got = dialog.arrives(alice, sent)
    core.agent.reply(got, 100)

    # rtpengine is told in turn: the end of this one behind what is to be dropped
    call = parties.invite(stack, carol, carol.offer())
    core.agent.reply(calls.take(carol.agent, core.agent, call), 486)
    check.status(call.final(), 480)
    core.agent.request("ACK")
    RELAY.counted("two re-offers and a call that failed", offer=3, delete=1)

    answer = core.answer(got.body)
    core.agent.reply(got, 200, body=answer)
    reply = alice.agent.answer(sent)
    check.status(reply, 200)
    dialog.last = parties.Exchange(alice, core, offer, got.body, answer, reply.body)
    dialog.ack(alice, sent)
    dialog.talk()
    check.equal(stack.counters()["replayed"], 0, "counter replayed")
    dialog.hang_up()
