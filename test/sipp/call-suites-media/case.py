from lib import calls, check, media, sdp

SUITES = ("AES_CM_128_HMAC_SHA1_80", "AES_256_CM_HMAC_SHA1_80",
          "AEAD_AES_128_GCM", "AEAD_AES_256_GCM")


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    answer = sdp.plain(core.transport.address[0], calls.CORE_PORT)
    for suite in SUITES:
        offer = sdp.secure(stack.phone_ip, calls.PHONE_PORT, sdp.crypto(1, suite))
        talk = calls.answered(alice, core, *alice.verify(), offer=offer,
                              answer=answer)
        check.equal(sdp.read(talk.answer.body)[0].cryptos[0][1], suite, "suite")
        media.talk(*media.ends(offer, talk.invite.body, answer, talk.answer.body),
                   packets=20)
        calls.hang_up(talk, alice, core)
    calls.no_sessions(stack)
