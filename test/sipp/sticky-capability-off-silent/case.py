from lib import check, events, parties

DEFINES = {"STICKY_CAPABILITY": "off"}


def run(stack):
    alice = parties.registered(stack, parties.SDES)
    check.status(alice.agent.register(client=(), tags=(), verify=()), 200)
    check.equal(stack.agreements(), [], "agreements")
    check.equal(stack.counters()["lost_capability"], 0, "counter")
    events.next_ones(stack, 1)
