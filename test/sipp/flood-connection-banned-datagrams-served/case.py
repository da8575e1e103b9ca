from lib import calls, guard, parties
from lib.stack import NATIVE

DEFINES = {**NATIVE, "FLOOD_LIMIT": "30"}


def run(stack):
    home = guard.neighbour(stack)
    alice = calls.agreed(stack, transport="tls")
    tcp, tls = (stack.phone("carol", kind, ip=home) for kind in ("tcp", "tls"))
    for _ in range(10):
        guard.heard(tcp)
        guard.heard(tls)

    guard.flood(tcp, 100)
    parties.waited(lambda: guard.table(stack, "ban"), "nobody is banned")
    guard.ignored(tcp)
    guard.ignored(tls)
    guard.bans(stack, f"tcp:{home}")
    guard.heard(stack.phone("bob", ip=home))
    core = stack.core()
    calls.hang_up(calls.answered(alice, core, *alice.verify()), alice, core)
    calls.no_keys(core)

    stack.rpc("htable.delete", "ban", f"tcp:{home}")
    parties.waited(lambda: guard.is_answered(
        stack.phone("carol", "tls", ip=home)), "not heard after htable.delete")
