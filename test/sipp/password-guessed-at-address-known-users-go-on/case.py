from lib import calls, check, guard
from lib.stack import NATIVE

DEFINES = {**NATIVE, "PASSWORD_LIMIT": "3", "PASSWORD_LIMIT_ADDRESS": "6"}


def run(stack):
    core, home = stack.core(), guard.neighbour(stack)
    alice = calls.agreed(stack, ip=home)
    for number in range(6):
        guard.guess(stack.phone(f"user{number}", ip=home), 1)
    guard.guess(stack.phone("user9", ip=home), 1, 403)
    bob = stack.phone("bob", "tls", ip=home)
    check.status(bob.register(), 403)
    check.status(stack.phone("bob").register(), 200)
    check.equal(stack.log().count(f"password: {home} is locked"), 1, "lines in the log")

    calls.hang_up(calls.answered(alice, core, *alice.verify()), alice, core)
    calls.no_keys(core)
    check.status(alice.register(), 200)
    guard.guess(alice, 3)
    check.status(alice.register(), 403)
    stack.rpc("htable.delete", "password", home)
    check.status(bob.register(), 200)
