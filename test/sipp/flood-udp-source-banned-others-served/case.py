from lib import calls, check, guard, parties
from lib.stack import NATIVE

DEFINES = {**NATIVE, "FLOOD_LIMIT": "30"}


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    home, other = guard.neighbour(stack), guard.neighbour(stack, 12)
    carol, babbler = stack.phone("carol", ip=home), stack.phone("carol", ip=other)
    for _ in range(20):
        guard.heard(carol)

    guard.flood(carol)
    guard.flood(babbler, data=b"\x80garbage of more than ten bytes\r\n\r\n")
    parties.waited(lambda: len(guard.table(stack, "ban")) == 2, "not both are banned")
    guard.bans(stack, f"udp:{home}", f"udp:{other}")
    guard.ignored(carol)
    guard.ignored(stack.phone("carol", ip=home))
    check.that(guard.counter(stack, "banned_messages") > 200, "few are counted")

    bob = calls.agreed(stack, "bob", "tls", ip=home)
    check.status(bob.register(verify=["wrong;mediasec"]), 494)
    check.status(alice.register(verify=["wrong;mediasec"]), 494)
    calls.hang_up(calls.answered(alice, core, *alice.verify()), alice, core)
    calls.no_keys(core)

    stack.rpc("htable.delete", "ban", f"udp:{home}")
    parties.waited(lambda: guard.is_answered(carol), "not heard after htable.delete")
    check.equal(list(guard.table(stack, "ban")), [f"udp:{other}"], "who is banned")
