from lib import calls, check, sdp


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    offer = sdp.secure(stack.phone_ip, calls.PHONE_PORT)
    talk = calls.answered(alice, core, *alice.verify(), offer=offer)
    for direction in ("a=sendonly", "a=sendrecv"):
        sent = talk.call.begin("INVITE", body=f"{offer}{direction}\r\n")
        invite = core.request("INVITE")
        core.reply(invite, 200, body=sdp.plain("127.0.0.1"))
        reply = alice.answer(sent)
        check.status(reply, 200)
        [answer] = sdp.read(reply.body)
        check.equal((answer.proto, len(answer.cryptos)), ("RTP/SAVP", 1), "answer")
        alice.send(talk.call.inside("ACK", cseq=sent.value("CSeq").split()[0]))
        core.request("ACK")
    calls.no_keys(core)
    calls.hang_up(talk, alice, core)
    calls.no_sessions(stack)
