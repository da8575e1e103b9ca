from lib import calls, check, parties, sdp

DEFINES = {"POLICY": "off", "REQUIRE_SECURE_TRANSPORT": "1"}
ODD = "v=0\r\nodd\r\n"


def run(stack):
    core = parties.behind(stack)
    alice = parties.Party(stack, stack.phone("alice"), parties.SDES)
    check.status(alice.agent.register(client=(), tags=()), 200)
    dialog = parties.connect(stack, alice, core)
    dialog.talk(packets=30)
    dialog.hang_up()
    calls.no_sessions(stack)

    call = alice.agent.invite("200", ODD)
    taken = calls.take(alice.agent, core.agent, call)
    check.equal(taken.body, ODD, "offer in the core")
    core.agent.reply(taken, 200, body=ODD)
    check.status(call.final(), 200)
    check.equal(call.reply.body, ODD, "answer")
    call.ack()
    core.agent.request("ACK")
    bye = call.bye()
    core.agent.reply(core.agent.request("BYE"), 200)
    check.status(alice.agent.answer(bye), 200)

    calls.refused(alice.agent, 400, offer=ODD + sdp.crypto() + "\r\n")
    calls.no_keys(core.agent)
