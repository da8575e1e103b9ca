from lib import calls, check, parties, sdp


def film(party, *keying, port=None, proto="RTP/AVP"):
    return sdp.mline(port or party.port + 100, *keying, "a=rtpmap:96 VP8/90000",
                     proto=proto, media="video", formats="96 0")


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    second = sdp.crypto(1)
    dialog = parties.connect(
        stack, alice, core,
        offer=alice.body(alice.line(), film(alice, second, proto="RTP/SAVP")),
        answer=core.body(core.line(), film(core)))
    audio, video = sdp.read(dialog.call.reply.body)
    check.equal((audio.proto, video.proto), ("RTP/SAVP", "RTP/SAVP"), "profiles")
    check.that(audio.cryptos[0][2] != video.cryptos[0][2], "one key for both streams")
    calls.no_keys(core.agent)
    for at in (0, 1):
        dialog.talk(at=at, packets=20)
    dialog.hang_up()
