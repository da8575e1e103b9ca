from lib import calls, check, parties
from lib.relay import Relay

RELAY = Relay()
DEFINES = {**RELAY.defines, "RETRY_PLAIN": "1"}
SLOW = ('"rtpengine_tout_ms", 400', '"rtpengine_tout_ms", 4000')


def run(stack):
    stack.change(SLOW)
    stack.restart()
    RELAY.lead_to(stack)
    bob, offer, call, (alice, other), (rejected, taken) = parties.fork(stack)
    RELAY.take()
    RELAY.hold("offer")
    alice.agent.reply(rejected, 488)
    parties.waited(lambda: RELAY.number("offer"), "rtpengine is not asked")
    [late] = [one["via-branch"] for one in RELAY.seen if one["command"] == "offer"]
    answer = other.answer(taken.body)
    other.agent.reply(taken, 200, body=answer)
    check.status(call.final(), 200)
    call.ack()
    other.agent.request("ACK")
    RELAY.release()
    alice.agent.request("ACK")
    parties.waited(lambda: late in [one["via-branch"] for one in RELAY.seen
                                    if one["command"] == "delete"],
                   "rtpengine keeps the offer in clear")
    dialog = parties.Dialog(stack, bob, other, call, taken)
    dialog.last = parties.Exchange(bob, other, offer, taken.body, answer,
                                   call.reply.body)
    dialog.talk()
    check.equal(stack.counters()["retried_plain"], 0, "counter retried_plain")
    dialog.hang_up()
    calls.no_sessions(stack)
