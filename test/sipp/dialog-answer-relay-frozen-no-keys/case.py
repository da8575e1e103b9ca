from lib import calls, check, parties


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    core.renew()
    sent = dialog.send(core, "INVITE", body=core.offer())
    got = dialog.arrives(core, sent)
    stack.freeze_rtpengine()
    alice.agent.reply(got, 200, body=alice.answer(got.body))
    reply = core.agent.answer(sent, timeout=10)
    stack.thaw_rtpengine()
    check.that(reply.status >= 400, f"reply to the re-offer: {reply.start}")
    check.equal(reply.body, "", "body of the refusal")
    core.agent.acknowledge(sent, reply)
    alice.agent.request("ACK")
    calls.no_keys(core.agent)
