from lib import calls, check, sdp
from lib.stack import Stack

DEFINES = {"STORE": "usrloc", "DB_MODE": "3"}
ANONYMOUS = {"sender": "<sip:anonymous@anonymous.invalid>;tag=x"}


def run(first):
    core, plain = first.core(), sdp.plain(first.phone_ip)
    alice, bob = calls.agreed(first), first.phone("bob")
    check.status(bob.register(client=(), tags=()), 200)
    for begin in (lambda: None, first.crash):
        begin()
        calls.refused(alice, 494, offer=plain, **ANONYMOUS)
        calls.hang_up(calls.answered(alice, core, *alice.verify()), alice, core)
        calls.hang_up(calls.answered(bob, core, offer=plain, **ANONYMOUS), bob, core)
        unknown(first, 0)
    with Stack(f"{first.logs.name}-2",
               {**DEFINES, "DB_URL": first.defines["DB_URL"]}) as second:
        other, behind = second.phone(), second.core()
        calls.refused(other, 494, offer=plain)
        calls.refused(other, 494, "Security-Verify: wrong;mediasec")
        calls.hang_up(calls.answered(other, behind, *alice.verify()), other, behind)
        unknown(second, 0)
        check.status(other.register(contact="*", expires=0), 200)
        calls.hang_up(calls.answered(other, behind, offer=plain), other, behind)
        unknown(second, 1)
    check.equal(first.agreements(), [], "agreements")
    calls.hang_up(calls.answered(alice, core, offer=plain), alice, core)
    unknown(first, 1)


def unknown(stack, number):
    check.equal(stack.counters()["unknown"], number, "requests of unknown senders")
