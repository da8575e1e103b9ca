from lib import calls, check, parties, sdp


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    sent = dialog.send(alice, "INVITE")
    core.agent.reply(dialog.arrives(alice, sent), 200, body=core.offer())
    check.status(alice.agent.answer(sent), 200)
    got = dialog.ack(alice, sent, body=alice.body(sdp.mline(alice.port)))
    check.equal(got.body, "", "body of the ACK in the core")
    parties.ended(core, alice)
    calls.no_sessions(stack)
