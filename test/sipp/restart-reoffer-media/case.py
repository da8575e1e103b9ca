from lib import calls, check, parties, sdp

DEFINES = {"SECRET": "a secret that lasts"}


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    stack.restart()
    dialog.talk(packets=20)
    for by in (alice, core):
        by.renew()
        dialog.reoffer(by)
        dialog.talk(packets=20)
    sent = dialog.send(alice, "INVITE", body=alice.body(sdp.mline(alice.port)))
    reply = alice.agent.answer(sent)
    check.status(reply, 488)
    alice.agent.acknowledge(sent, reply)
    calls.no_keys(core.agent)
    dialog.hang_up()
    calls.no_sessions(stack)
