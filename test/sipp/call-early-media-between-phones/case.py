from lib import calls, check, parties


def run(stack):
    alice = parties.registered(stack, parties.SDES)
    for user, kind in (("bob", parties.SDES), ("carol", parties.PASSIVE)):
        callee = parties.registered(stack, kind, user)
        alice.renew()
        offer = alice.offer()
        call = parties.invite(stack, alice, offer, "Supported: 100rel", target=user)
        taken = calls.take(alice.agent, callee.agent, call)
        dialog = parties.Dialog(stack, alice, callee, call, taken)
        answer = callee.answer(taken.body)
        callee.agent.reply(taken, 183, "Require: 100rel", "RSeq: 1", body=answer)
        early = call.progress(183)
        prack = alice.agent.send(call.inside("PRACK", f"RAck: 1 {call.cseq} INVITE",
                                             dialog=early))
        callee.agent.reply(dialog.arrives(alice, prack), 200)
        check.status(alice.agent.answer(prack), 200)
        dialog.last = parties.Exchange(alice, callee, offer, taken.body, answer,
                                       early.body)
        dialog.talk(packets=20)
        callee.agent.reply(taken, 200)
        check.status(call.final(), 200)
        call.ack()
        callee.agent.request("ACK")
        if kind.suite:  # the peer shakes hands once
            dialog.talk(packets=20)
        dialog.hang_up()
        calls.no_sessions(stack)
