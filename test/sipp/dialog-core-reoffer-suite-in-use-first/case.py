from lib import calls, check, sdp

SUITE = "AEAD_AES_256_GCM"


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    offer = sdp.secure(stack.phone_ip, calls.PHONE_PORT, sdp.crypto(1, SUITE))
    talk = calls.answered(alice, core, *alice.verify(), offer=offer)
    [had] = sdp.read(talk.answer.body)
    core.send(core.inside(talk.invite, "INVITE", body=sdp.plain("127.0.0.1", 50002)),
              talk.invite.source)
    invite = alice.request("INVITE")
    [offered] = sdp.read(invite.body)
    check.equal(offered.cryptos[0][1:], had.cryptos[0][1:], "first suite and key")
    check.that(len(offered.cryptos) > 1, "nothing else is offered")
    alice.reply(invite, 200, body=sdp.secure(
        stack.phone_ip, 40000, sdp.crypto(offered.cryptos[0][0], SUITE)))
    core.expect(lambda one: one.status == 200, "a 200")
