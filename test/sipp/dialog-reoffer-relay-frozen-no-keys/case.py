from lib import calls, check, parties


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    alice.renew()
    stack.freeze_rtpengine()
    sent = dialog.send(alice, "INVITE", body=alice.offer())
    reply = alice.agent.answer(sent, timeout=10)
    stack.thaw_rtpengine()
    check.status(reply, 503)
    alice.agent.acknowledge(sent, reply)
    check.equal([one.start for one in core.agent.seen() if one.method == "INVITE"], [],
                "what reached the core")
    calls.no_keys(core.agent)
