from lib import calls, check, parties

DEFINES = {"SECRET": "a secret that lasts"}


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    stack.restart()
    alice.renew()
    sent = dialog.send(alice, "INVITE", body=alice.offer())
    dialog.arrives(alice, sent)
    reply = alice.agent.answer(sent, timeout=10)
    check.status(reply, 408)
    alice.agent.acknowledge(sent, reply)
    for one in (core, alice):
        one.agent.reply(one.agent.request("BYE"), 200)
    calls.no_sessions(stack)
    check.equal(stack.counters()["not_replayed"], 1, "counter not_replayed")
