from lib import calls, check, parties


def run(stack):
    alice = parties.registered(stack, parties.SDES)
    for user, kind in (("bob", parties.SDES), ("carol", parties.PASSIVE)):
        other = parties.registered(stack, kind, user)
        for caller, callee in ((alice, other), (other, alice)):
            dialog = parties.connect(stack, caller, callee)
            for by, method in ((callee, "INVITE"), (caller, "UPDATE"),
                               (caller, "INVITE")):
                by.renew()
                dialog.reoffer(by, method=method)
                if kind.suite:
                    dialog.talk(packets=20)
            if kind.setup:
                dialog.talk()
            for one in (caller, callee):
                theirs = dialog.other(one)
                check.that(not one.key or one.key not in theirs.agent.wire,
                           "a key reached the other phone")
            dialog.hang_up(callee)
            calls.no_sessions(stack)
