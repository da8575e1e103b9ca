from lib import calls, check, parties
from lib.stack import NATIVE

DEFINES = {**NATIVE, "HIDING_KEY": "some secret", "SECRET": "a secret that lasts"}


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    for caller, callee in ((alice, core), (core, alice)):
        check.status(alice.agent.register(), 200)
        dialog = parties.connect(stack, caller, callee)
        stack.crash()
        for by in (alice, core):
            by.renew()
            dialog.reoffer(by)
            dialog.talk(packets=20)
        dialog.hang_up(callee)
        calls.no_sessions(stack)
    calls.no_keys(core.agent)
