from lib import calls, check, sdp


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    offer = sdp.secure(
        stack.phone_ip, calls.PHONE_PORT,
        sdp.crypto(3, "NULL_HMAC_SHA1_80"),
        sdp.crypto(7, "AEAD_AES_256_GCM"),
        sdp.crypto(9, "AES_CM_128_HMAC_SHA1_80"))
    talk = calls.answered(alice, core, *alice.verify(), offer=offer)
    [answer] = sdp.read(talk.answer.body)
    check.equal([(tag, suite) for tag, suite, _ in answer.cryptos],
                [("7", "AEAD_AES_256_GCM")], "a=crypto of the answer")
    check.absent(offer, answer.cryptos[0][2].replace("+", "[+]"))
    check.present(talk.answer.body, "^a=3ge2ae:applied\\r?$")
    calls.no_keys(core)
