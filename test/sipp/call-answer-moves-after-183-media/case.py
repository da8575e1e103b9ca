from lib import calls, check, parties, sdp


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    second = parties.Party(stack, core.agent, parties.PLAIN)
    offer = alice.offer()
    call = parties.invite(stack, alice, offer)
    taken = calls.take(alice.agent, core.agent, call)
    keys = []
    for party, code in ((core, 183), (second, 200)):
        answer = party.answer(taken.body)
        core.agent.reply(taken, code, body=answer)
        reply = call.progress(183) if code == 183 else call.final()
        if code == 200:
            call.ack()
            core.agent.request("ACK")
        keys.append(sdp.read(reply.body)[0].cryptos)
        dialog = parties.Dialog(stack, alice, party, call, taken)
        dialog.last = parties.Exchange(alice, party, offer, taken.body, answer,
                                       reply.body)
        dialog.talk(packets=20)
    check.equal(len(keys[0]), 1, "keys in an answer")
    check.that(keys[0] == keys[1], "another key of the phone's leg")
    dialog.hang_up()
    calls.no_sessions(stack)
