from lib import calls, check, media, sdp

FIRST, SECOND = "AEAD_AES_128_GCM", "AES_CM_128_HMAC_SHA1_80"
DEFINES = {"SUITES": f"{SECOND},{FIRST}"}


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    answer = sdp.plain(core.transport.address[0], calls.CORE_PORT)
    for order in ((FIRST, SECOND), (SECOND, FIRST)):
        cryptos = [sdp.crypto(n, suite) for n, suite in enumerate(order, 5)]
        offer = sdp.secure(stack.phone_ip, calls.PHONE_PORT, *cryptos)
        talk = calls.answered(alice, core, *alice.verify(), offer=offer,
                              answer=answer)
        [got] = sdp.read(talk.answer.body)
        check.equal([one[:2] for one in got.cryptos], [("5", order[0])], "answer")
        chosen = sdp.secure(stack.phone_ip, calls.PHONE_PORT, cryptos[0])
        media.talk(*media.ends(chosen, talk.invite.body, answer, talk.answer.body),
                   packets=20)
        calls.hang_up(talk, alice, core)
