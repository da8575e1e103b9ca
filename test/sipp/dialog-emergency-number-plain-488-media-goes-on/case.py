from lib import check, parties, sdp


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    for code, rows in ((488, []), (494, ["Security-Verify: wrong;mediasec"])):
        sent = dialog.call.inside("INVITE", *rows,
                                  body=alice.body(sdp.mline(alice.port)))
        sent.start = f"INVITE sip:112@{core.agent.address} SIP/2.0"
        alice.agent.send(sent)
        reply = alice.agent.answer(sent)
        check.status(reply, code)
        alice.agent.acknowledge(sent, reply)
    check.equal(core.agent.seen(), [], "what reached the core")
    dialog.talk(packets=30)
    dialog.hang_up()
