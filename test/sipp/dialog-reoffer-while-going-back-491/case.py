from lib import check, parties
from lib.relay import Relay

RELAY = Relay()
DEFINES = RELAY.defines
SLOW = ('"rtpengine_tout_ms", 400', '"rtpengine_tout_ms", 4000')


def run(stack):
    parties.script_answers(stack, SLOW)
    RELAY.lead_to(stack)
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    old = alice.port, alice.key
    RELAY.take()
    RELAY.hold("answer")
    alice.renew()
    parties.refused_by_script(dialog, alice)
    parties.waited(lambda: RELAY.number("answer"), "nothing goes back")
    sent = dialog.send(alice, "INVITE", body=alice.offer())
    reply = alice.agent.answer(sent)
    check.status(reply, 491)
    alice.agent.acknowledge(sent, reply)
    RELAY.release()
    parties.waited(lambda: stack.counters()["replayed"], "the media are not back")
    check.equal(stack.counters()["refused_reoffer_pending"], 1, "counter")
    alice.port, alice.key = old
    dialog.talk(packets=30)
    alice.renew()
    dialog.reoffer(alice)
    dialog.talk()
    dialog.hang_up()
