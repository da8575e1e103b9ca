from lib import calls, check, parties
from lib.proxy import Proxy


def run(stack):
    core = stack.core()
    alice = parties.registered(stack, parties.SDES)
    carol = parties.registered(stack, parties.SDES, "carol")
    with Proxy(core, {"200": "carol"}):
        offer = alice.offer()
        call = parties.invite(stack, alice, offer)
        taken = calls.take(alice.agent, carol.agent, call)
        answer = carol.answer(taken.body)
        carol.agent.reply(taken, 200, body=answer)
        check.status(call.final(), 200)
        call.ack()
        carol.agent.request("ACK")
        dialog = parties.Dialog(stack, alice, carol, call, taken)
        dialog.last = parties.Exchange(alice, carol, offer, taken.body, answer,
                                       call.reply.body)
        old = alice.port, alice.key
        alice.renew()
        sent = dialog.send(alice, "UPDATE", body=alice.offer())
        carol.agent.reply(dialog.arrives(alice, sent), 488)
        check.status(alice.agent.answer(sent), 488)
        alice.port, alice.key = old
        dialog.talk(packets=30)
        dialog.hang_up()
        calls.no_sessions(stack)
