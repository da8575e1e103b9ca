import time

from lib import check, parties
from lib.relay import Relay

RELAY = Relay()
DEFINES = RELAY.defines
SOON = 3  # seconds


def run(stack):
    RELAY.lead_to(stack)
    bob = parties.registered(stack, parties.PLAIN, "bob")
    phones = [parties.registered(stack, parties.SDES) for _ in range(2)]
    call = parties.invite(stack, bob, bob.offer(), target="alice")
    taken = [one.agent.request("INVITE") for one in phones]
    RELAY.lose()
    began = time.monotonic()
    for one, got in zip(phones, taken):
        one.agent.reply(got, 486)
        one.agent.request("ACK")
    check.status(call.final(), 486)
    check.that(time.monotonic() - began < SOON, "the caller waits for rtpengine")
    parties.waited(lambda: stack.counters()["relay_untold"] == 2, "it is not counted")
    lines = [one for one in stack.log().splitlines() if "is not told" in one]
    check.equal(len(lines), 1, "lines in the log")
    check.that(f"ci={call.invite.value('Call-ID')}" in lines[0], lines[0])
