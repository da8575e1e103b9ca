from lib import calls, check, sdp

DEFINES = {"SECRET": "0123456789abcdef0123456789abcdef"}


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    talk = calls.answered(alice, core, *alice.verify())
    stack.crash()
    sent = talk.call.begin("INVITE", body=sdp.plain(stack.phone_ip))
    reply = alice.answer(sent)
    check.status(reply, 488)
    talk.call.acknowledge(sent, reply)
    sent = talk.call.begin("INVITE", body=sdp.secure(stack.phone_ip))
    core.reply(core.request("INVITE"), 200, body=sdp.plain(core.transport.address[0]))
    reply = alice.answer(sent)
    check.status(reply, 200)
    check.equal(sdp.read(reply.body)[0].proto, "RTP/SAVP", "answer to alice")
    talk.call.ack()
    core.request("ACK")
    sent = core.send(core.inside(talk.invite, "INVITE",
                                 body=sdp.plain(core.transport.address[0])))
    invite = alice.request("INVITE")
    [offer] = sdp.read(invite.body)
    check.equal(offer.proto, "RTP/SAVP", "offer to alice")
    tag, suite, _ = offer.cryptos[-1]
    alice.reply(invite, 200, body=sdp.secure(stack.phone_ip, 40000,
                                             sdp.crypto(tag, suite)))
    check.status(core.answer(sent), 200)
    calls.no_keys(core)
    calls.hang_up(talk, alice, core)
