from lib import check, media, parties, sdp

NOWHERE = sdp.plain("127.0.0.1", 9)


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    offer = core.offer()
    sent = dialog.send(core, "INVITE", body=offer)
    got = dialog.arrives(core, sent)
    answer = alice.body(sdp.mline(alice.port))
    alice.agent.reply(got, 200, body=answer)
    reply = core.agent.answer(sent)
    check.status(reply, 488)
    check.equal(reply.body, "", "body of the 488")
    core.agent.acknowledge(sent, reply)
    alice.agent.request("ACK")
    media.talk(parties.in_clear(answer, got.body, media.UP, media.DOWN),
               parties.in_clear(offer, NOWHERE, media.DOWN, media.UP), silent=True)
    dialog.talk(packets=20)
    dialog.hang_up()
