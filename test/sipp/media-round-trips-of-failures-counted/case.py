from lib import calls, check, parties
from lib.relay import Relay

RELAY = Relay()
DEFINES = RELAY.defines


def count(what, **wanted):
    seen, _ = RELAY.take()
    seen.pop("query", None)
    check.equal(dict(seen), wanted, f"commands of {what}")


def run(stack):
    RELAY.lead_to(stack)
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    calls.refused(alice.agent, 488, *alice.rows(), offer=core.offer())
    count("an offer that policy refuses")

    call = parties.invite(stack, alice, alice.offer())
    core.agent.reply(calls.take(alice.agent, core.agent, call), 486)
    check.status(call.final(), 486)
    core.agent.request("ACK")
    count("a busy call", offer=1, delete=1)

    call = parties.invite(stack, alice, alice.offer())
    taken = calls.take(alice.agent, core.agent, call)
    core.agent.reply(taken, 180)
    call.progress(180)
    call.cancel()
    parties.cancelled(core.agent, taken)
    check.status(call.final(), 487)
    count("a cancelled call", offer=1, delete=1)

    dialog = parties.connect(stack, alice, core)
    count("a call", offer=1, answer=1)
    dialog.rejected(alice, 488)
    count("a rejected re-offer", offer=2, answer=1)
    dialog.hang_up()
    count("a BYE", delete=1)
    calls.no_sessions(stack)
