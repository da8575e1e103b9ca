from lib import calls, check, events, parties

WAITING = 1024
SENT = WAITING + 300
DEFINES = {"REJECT_LIMIT": "0"}


def run(stack):
    alice = calls.agreed(stack)

    def wrong():
        return alice.build("OPTIONS", f"sip:alice@{stack.domain}",
                           "Security-Verify: wrong;mediasec")

    challenge = alice.ask(wrong())
    for _ in range(SENT):
        check.status(alice.ask(alice.authorize(wrong(), challenge)), 494)
    check.equal(stack.counters()["refused_verify_differs"], SENT, "refusals")
    stack.rpc("htable.sets", "mediasec", "go", "1")
    # the last one is raised behind its reply, and may be the one that is lost
    parties.waited(lambda: len(events.seen(stack)) + stack.counters()["events_lost"]
                   >= SENT, "events are missing")
    lost = stack.counters()["events_lost"]
    # at least one is out of the list, being run
    check.that(0 < lost < SENT - WAITING, f"{lost} are lost")
    check.equal(len(events.seen(stack)), SENT - lost, "number of events")
