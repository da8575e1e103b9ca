from lib import calls, cdr, check, parties
from lib.stack import NATIVE

DEFINES = {**NATIVE, "CALL_TIME": "2", "ACCOUNTING": "1"}


def run(stack):
    core = parties.behind(stack)
    alice = parties.registered(stack, parties.SDES)
    carol = parties.registered(stack, parties.ACTIVE, "carol")
    number = 0
    for ends in (None, by_operator):
        for caller, callee in ((alice, core), (core, alice), (alice, carol)):
            number += 1
            parties.connect(stack, caller, callee)
            check.that(stack.sessions(), "no session")
            if ends:
                ends(stack)
            parties.ended(caller, callee, timeout=8)
            calls.no_sessions(stack)
            row = cdr.last(stack, number)
            check.equal(row["code"], "200", "code")
            check.that(ends or 1.5 < row["duration"] < 8, f"duration: {row}")


def by_operator(stack):
    [dialog] = stack.rpc("dlg.list")
    stack.rpc("dlg.end_dlg", dialog["h_entry"], dialog["h_id"])
