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

    parties.rejected(stack, alice, core)
    count("a busy call", offer=1, delete=1)
    parties.given_up(stack, alice, core)
    count("a cancelled call", offer=1, delete=1)

    dialog = parties.connect(stack, alice, core)
    count("a call", offer=1, answer=1)
    dialog.rejected(alice, 488)
    count("a rejected re-offer", offer=2, answer=1)
    dialog.hang_up()
    count("a BYE", delete=1)
    calls.no_sessions(stack)
