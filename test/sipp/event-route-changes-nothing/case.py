import time

from lib import calls, check, events


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    before = time.monotonic()
    for _ in range(3):
        calls.refused(alice, 494, "Security-Verify: wrong;mediasec")
    for _ in range(3):
        calls.hang_up(calls.answered(alice, core, *alice.verify()), alice, core)
    check.that(time.monotonic() - before < 2, "calls wait for an event route")
    calls.no_keys(core)
    check.absent(core.wire + alice.wire, "X-Event", "299 ")
    agreed, *rejected = [one["event"] for one in events.next_ones(stack, 7, seconds=15)]
    check.equal((agreed, rejected), ("agreed", ["rejected"] * 3 + ["secured"] * 3),
                "events")
    check.absent(core.wire + alice.wire, "X-Event", "299 ")
