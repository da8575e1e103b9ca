from lib import calls, check, guard, parties, sdp, sip
from lib.stack import NATIVE

DEFINES = {**NATIVE, "FLOOD_LIMIT": "30", "TRUSTED": "192.0.2.0/24, {phone}"}


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    guard.flood(alice)
    guard.heard(alice)
    guard.flood(core)
    check.equal(guard.table(stack, "ban"), {}, "who is banned")

    forger = stack.phone("carol", ip=stack.core_agent[0])
    guard.flood(forger)
    parties.waited(lambda: guard.table(stack, "ban"), "nobody is banned")
    guard.ignored(forger)
    guard.bans(stack, f"udp:{stack.core_agent[0]}")
    call = sip.Call(core, core.build("INVITE", f"sip:alice@{stack.domain}",
                                     body=sdp.plain(stack.core_agent[0])))
    invite = alice.request("INVITE")
    check.present(invite.body, "RTP/SAVP")
    alice.reply(invite, 486)
    check.status(call.final(), 486)
