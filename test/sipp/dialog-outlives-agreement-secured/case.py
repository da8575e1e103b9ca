from lib import check, parties, sdp


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    check.status(alice.agent.register(expires=0), 200)
    check.equal(stack.agreements(), [], "agreements")
    for by in (alice, core):
        by.renew()
        dialog.reoffer(by)
        dialog.talk(packets=20)
    sent = dialog.send(alice, "INVITE", body=alice.body(sdp.mline(alice.port)))
    reply = alice.agent.answer(sent)
    check.status(reply, 488)
    alice.agent.acknowledge(sent, reply)
    dialog.hang_up()
