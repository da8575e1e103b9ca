from lib import calls, cdr, check, parties
from lib.proxy import Proxy
from lib.stack import NATIVE

DEFINES = {**NATIVE, "ACCOUNTING": "1", "CALL_LIMIT_USER": "1", "CALL_LIMIT": "9"}


def run(stack):
    core = stack.core()
    alice = parties.registered(stack, parties.SDES)
    carol = parties.registered(stack, parties.SDES, "carol")
    with Proxy(core, {"200": "carol"}):
        for number in (1, 2):
            offer = alice.offer()
            call = parties.invite(stack, alice, offer, target="200")
            dialog = parties.answered(stack, alice, carol, call, offer)
            dialog.talk(packets=20)
            dialog.hang_up(alice if number == 1 else carol)
            calls.no_sessions(stack)
            row = cdr.last(stack, number)
            cdr.is_of(row, call.invite.value("Call-ID"), 200, cdr.SDES, cdr.PLAIN)
            check.equal((row["caller"], row["callee"]),
                        ("alice@example.net", "200@example.net"), "parties")
            parties.waited(lambda: stack.rpc("dlg.profile_get_size", "all") == 0,
                           "a call is still counted", 5)
            alice.renew()
            carol.renew()
