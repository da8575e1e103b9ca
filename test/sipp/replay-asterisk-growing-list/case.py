from lib import calls, check, replay


def run(stack):
    core, phone = stack.core(), stack.phone("alice")
    played = replay.play(phone, core, "asterisk-22.10-refresh-grows.txt")
    check.equal(played.talks, 1, "calls that came to be")
    check.equal(len(stack.agreements()), 1, "agreements")
    check.equal(stack.counters()["unknown"], 0, "requests of unknown senders")
    calls.no_keys(core)
