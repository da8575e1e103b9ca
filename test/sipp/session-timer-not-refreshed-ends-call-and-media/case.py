from lib import calls, check, parties
from lib.stack import NATIVE

DEFINES = {**NATIVE, "SESSION_MIN": "90", "CALL_TIME": "2"}


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core, "Supported: timer",
                             "Session-Expires: 1800")
    check.equal(dialog.invite.value("Session-Expires"), "1800", "in the core")
    parties.ended(alice, core, timeout=8)
    calls.no_sessions(stack)
