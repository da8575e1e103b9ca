from lib import calls, check, guard, parties, sdp
from lib.stack import IPV6, NATIVE

DEFINES = {**NATIVE, "ACCESS_IP": f"[{IPV6}]", "FLOOD_LIMIT": "30"}


def run(stack):
    carol, tls = stack.phone("carol", ip=IPV6), stack.phone("bob", "tls", ip=IPV6)
    for _ in range(20):
        guard.heard(carol)
    check.status(carol.register(), 200)
    guard.flood(carol)
    parties.waited(lambda: guard.table(stack, "ban"), "nobody is banned")
    guard.ignored(carol)
    guard.bans(stack, "udp:::1")
    check.status(tls.register(), 200)
    core = stack.core()
    calls.hang_up(calls.answered(tls, core, *tls.verify(), offer=sdp.secure(
        stack.phone_ip)), tls, core)
    stack.rpc("htable.delete", "ban", "udp:::1")
    parties.waited(lambda: guard.is_answered(carol), "not heard after htable.delete")
