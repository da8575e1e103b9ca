from lib import calls, check, sdp

DEFINES = {"SECRET": "0123456789abcdef0123456789abcdef"}


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    talk = calls.answered(alice, core, *alice.verify())
    stack.restart()
    sent = talk.call.begin("INVITE", body=sdp.plain(stack.phone_ip))
    reply = alice.answer(sent)
    check.status(reply, 488)
    talk.call.acknowledge(sent, reply)
    sent = talk.call.begin("INVITE", body=sdp.secure(stack.phone_ip))
    core.reply(core.request("INVITE"), 200, body=sdp.plain("127.0.0.1"))
    reply = alice.answer(sent)
    check.status(reply, 200)
    check.equal(len(sdp.read(reply.body)[0].cryptos), 1, "a=crypto")
    calls.no_keys(core)
