from lib import calls, check, parties
from lib.relay import Relay

RELAY = Relay()
DEFINES = RELAY.defines


def run(stack):
    RELAY.lead_to(stack)
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    calls.refused(alice.agent, 488, *alice.rows(), offer=core.offer())
    RELAY.counted("an offer that policy refuses")

    call = parties.invite(stack, alice, alice.offer())
    core.agent.reply(calls.take(alice.agent, core.agent, call), 486)
    check.status(call.final(), 486)
    core.agent.request("ACK")
    RELAY.counted("a busy call", offer=1, delete=1)

    call = parties.invite(stack, alice, alice.offer())
    taken = calls.take(alice.agent, core.agent, call)
    core.agent.reply(taken, 180)
    call.progress(180)
    call.cancel()
    parties.cancelled(core.agent, taken)
    check.status(call.final(), 487)
    RELAY.counted("a cancelled call", offer=1, delete=1)

    dialog = parties.connect(stack, alice, core)
    RELAY.counted("a call", offer=1, answer=1)
    dialog.rejected(alice, 488)
    RELAY.counted("a rejected re-offer", offer=2, answer=1)
    dialog.hang_up()
    RELAY.counted("a BYE", delete=1)
    calls.no_sessions(stack)
