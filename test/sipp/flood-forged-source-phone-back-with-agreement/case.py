from lib import calls, check, guard, parties
from lib.stack import NATIVE

DEFINES = {**NATIVE, "FLOOD_LIMIT": "30", "BAN_TIME_UDP": "2"}


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    known = stack.agreements()
    guard.flood(stack.phone("carol", ip=stack.phone_ip))
    parties.waited(lambda: guard.table(stack, "ban"), "nobody is banned")
    guard.ignored(alice)
    guard.bans(stack, f"udp:{stack.phone_ip}")
    parties.waited(lambda: guard.is_answered(alice), "banned for ever", 10)
    check.equal(stack.agreements(), known, "agreements")
    calls.hang_up(calls.answered(alice, core, *alice.verify()), alice, core)
    calls.no_keys(core)
