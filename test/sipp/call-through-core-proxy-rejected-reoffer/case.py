from lib import calls, check, parties
from lib.proxy import Proxy


def run(stack):
    core = stack.core()
    alice = parties.registered(stack, parties.SDES)
    carol = parties.registered(stack, parties.SDES, "carol")
    with Proxy(core, {"200": "carol"}):
        offer = alice.offer()
        call = parties.invite(stack, alice, offer)
        dialog = parties.answered(stack, alice, carol, call, offer)
        old = alice.port, alice.key
        alice.renew()
        sent = dialog.send(alice, "UPDATE", body=alice.offer())
        carol.agent.reply(dialog.arrives(alice, sent), 488)
        check.status(alice.agent.answer(sent), 488)
        alice.port, alice.key = old
        dialog.talk(packets=30)
        dialog.hang_up()
        calls.no_sessions(stack)
