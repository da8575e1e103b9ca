from lib import calls, media, sdp

SUITES = ("AES_CM_128_HMAC_SHA1_80", "AES_256_CM_HMAC_SHA1_80",
          "AEAD_AES_128_GCM", "AEAD_AES_256_GCM")


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    answer = sdp.plain(core.transport.address[0], calls.CORE_PORT)
    for suite in SUITES:
        offer = sdp.secure(stack.phone_ip, calls.PHONE_PORT, sdp.crypto(1, suite))
        talk = calls.answered(alice, core, *alice.verify(), offer=offer,
                              answer=answer)
        [own], [got] = sdp.read(offer), sdp.read(talk.answer.body)
        [sent], [seen] = sdp.read(answer), sdp.read(talk.invite.body)
        media.talk(media.End(own, got, media.UP, media.DOWN),
                   media.End(sent, seen, media.DOWN, media.UP), packets=20)
        calls.hang_up(talk, alice, core)
    calls.no_sessions(stack)
