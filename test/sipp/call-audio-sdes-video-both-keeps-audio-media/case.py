from lib import calls, check, media, parties, sdp, sip

DEFINES = {"MECHANISMS": "dtls-srtp,sdes-srtp"}


def run(stack):
    core, phone = parties.behind(stack), stack.phone()
    check.status(phone.register(client=("sdes-srtp;mediasec", "dtls-srtp;mediasec"),
                                tags=sip.TAGS), 200)
    alice = parties.Party(stack, phone, parties.SDES)
    certificate = media.Certificate(stack, "video")
    film = sdp.mline(alice.port + 100, sdp.crypto(1),
                     *certificate.attributes("actpass"), proto="RTP/SAVP",
                     media="video")
    dialog = parties.connect(
        stack, alice, core, offer=alice.body(alice.line(), film),
        answer=core.body(core.line(), sdp.mline(core.port + 100, media="video")))
    for line in sdp.read(dialog.call.reply.body):
        check.that(line.port > 0, f"{line.name} is rejected")
        check.equal((line.proto, len(line.cryptos)), ("RTP/SAVP", 1), line.name)
    check.absent(dialog.call.reply.body, "fingerprint")
    for at in (0, 1):
        dialog.talk(at=at, packets=20)
    calls.no_keys(core.agent)
    dialog.hang_up()
