import time

from lib import check, parties
from lib.relay import Relay

RELAY = Relay()
DEFINES = {**RELAY.defines, "RETRY_PLAIN": "1"}
SLOW = ('"rtpengine_tout_ms", 400', '"rtpengine_tout_ms", 4000')
SOON = 3  # seconds, less than rtpengine is waited for


def run(stack):
    stack.change(SLOW)
    stack.restart()
    RELAY.lead_to(stack)
    bob, _, call, (alice, other), (taken, ringing) = parties.fork(stack)
    RELAY.take()
    stack.freeze_rtpengine()
    alice.agent.reply(taken, 488)
    parties.waited(lambda: RELAY.seen, "rtpengine is not asked")
    began = time.monotonic()
    other.agent.reply(ringing, 180)
    call.progress(180, timeout=10)
    bob.agent.send(call.invite)
    call.progress(180, timeout=10)
    took = time.monotonic() - began
    stack.thaw_rtpengine()
    check.that(took < SOON, f"served after {took:.1f} s")
    alice.agent.request("ACK")
    again = alice.agent.request("INVITE")
    answer = parties.Party(stack, alice.agent, parties.PLAIN).answer(again.body)
    alice.agent.reply(again, 200, body=answer)
    check.status(call.final(), 200)
    parties.cancelled(other.agent, ringing)
    call.ack()
    check.equal(stack.counters()["retried_plain"], 1, "counter retried_plain")
