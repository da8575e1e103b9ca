from lib import calls, check, sdp


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    for rows in (alice.verify(), []):
        call = alice.invite("200", None, *rows)
        core.reply(calls.take(alice, core, call), 200, body=sdp.plain("127.0.0.1"))
        check.status(call.final(), 200)
        [offer] = sdp.read(call.reply.body)
        check.equal(offer.proto, "RTP/SAVP", "profile of the offer")
        tag, suite, _ = offer.cryptos[-1]
        call.ack(body=sdp.secure(stack.phone_ip, 40000, sdp.crypto(tag, suite)))
        check.equal(sdp.read(core.request("ACK").body)[0].proto, "RTP/AVP",
                    "profile of the answer in the core")
        bye = call.bye()
        core.reply(core.request("BYE"), 200)
        check.status(alice.answer(bye), 200)
        calls.no_sessions(stack)
    calls.no_keys(core)
