from lib import calls, check, media, parties


def run(stack):
    core = stack.core()
    weak = media.Certificate(stack, "weak", digest="sha-1")
    alice = parties.registered(stack, parties.ACTIVE, certificate=weak)
    before = stack.counters()["refused_offer_key"]
    calls.refused(alice.agent, 488, *alice.rows(), offer=alice.offer())
    check.equal(stack.counters()["refused_offer_key"], before + 1, "counter offer_key")
    check.equal(core.seen(), [], "what reached the core")
    check.equal(stack.sessions(), [], "sessions of rtpengine")
