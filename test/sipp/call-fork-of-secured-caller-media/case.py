from lib import calls, check, parties, sdp


def run(stack):
    alice = parties.registered(stack, parties.SDES)
    phones = [parties.registered(stack, kind, "carol")
              for kind in (parties.SDES, parties.ACTIVE)]
    for winner, loser in ((0, 1), (1, 0)):
        alice.renew()
        offer = alice.offer()
        call = parties.invite(stack, alice, offer, target="carol")
        taken = [one.agent.request("INVITE") for one in phones]
        answers = []
        for one, got in zip(phones, taken):
            one.renew()
            check.equal(sdp.read(got.body)[0].proto, one.kind.proto, "profile")
            answers.append(one.answer(got.body))
            one.agent.reply(got, 183, body=answers[-1])
            check.equal(len(sdp.read(call.progress(183).body)[0].cryptos), 1, "keys")
        callee = phones[winner]
        callee.agent.reply(taken[winner], 200, body=answers[winner])
        check.status(call.final(), 200)
        call.ack()
        callee.agent.request("ACK")
        parties.cancelled(phones[loser].agent, taken[loser])
        dialog = parties.Dialog(stack, alice, callee, call, taken[winner])
        dialog.last = parties.Exchange(alice, callee, offer, taken[winner].body,
                                       answers[winner], call.reply.body)
        dialog.talk()
        dialog.hang_up()
        calls.no_sessions(stack)
