from lib import calls, check, parties

DEFINES = {"SECRET": "a secret that lasts"}


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    stack.restart()
    alice.renew()
    sent = dialog.send(alice, "INVITE", body=alice.offer())
    core.agent.reply(dialog.arrives(alice, sent), 488)
    reply = alice.agent.answer(sent)
    check.status(reply, 488)
    alice.agent.acknowledge(sent, reply)
    core.agent.request("ACK")
    for one in (core, alice):
        one.agent.reply(one.agent.request("BYE"), 200)
    calls.no_sessions(stack)
