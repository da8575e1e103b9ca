from lib import calls, check, media, parties, sdp, sip

DEFINES = {"MECHANISMS": "dtls-srtp,sdes-srtp"}


def offers(party, certificate):
    both = [*certificate.attributes("actpass"),
            sdp.crypto(1, parties.SDES.suite, party.key)]
    yield party.body(sdp.mline(party.port, *both, proto="RTP/SAVP"))
    yield party.body(sdp.mline(party.port, *both, proto="UDP/TLS/RTP/SAVP"))


def run(stack):
    core = parties.behind(stack)
    certificate = media.Certificate(stack, "both")
    for user, client, chosen in (
            ("alice", ("sdes-srtp;mediasec",), "crypto"),
            ("bob", ("dtls-srtp;mediasec",), "fingerprint"),
            ("carol", ("sdes-srtp;mediasec", "dtls-srtp;mediasec"), "fingerprint")):
        phone = stack.phone(user)
        check.status(phone.register(client=client, tags=sip.TAGS), 200)
        party = parties.Party(stack, phone, parties.SDES)
        for offer in offers(party, certificate):
            if chosen == "crypto" and "TLS" in offer:
                continue
            party.certificate = certificate if chosen == "fingerprint" else None
            dialog = parties.connect(stack, party, core, offer=offer)
            answer = dialog.call.reply.body
            check.present(answer, f"^a={chosen}:")
            check.absent(answer, "^a=crypto" if party.certificate else "fingerprint")
            check.equal(sdp.read(answer)[0].proto, sdp.read(offer)[0].proto, "profile")
            dialog.talk()
            dialog.hang_up()
    calls.no_keys(core.agent)
    check.absent(core.agent.wire, "fingerprint", "setup:")
