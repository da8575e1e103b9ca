from lib import check, ims

SERVERS = ims.Pcscf
DEFINES = {"IPSEC_CONNECTIONS": "7"}
MEDIA = "sdes-srtp;mediasec"


def spellings(ipsec):
    return ([f"{ipsec},{MEDIA}"], [f"{MEDIA}, {ipsec}"], [ipsec, MEDIA], [MEDIA, ipsec],
            [f"{ipsec.replace(';', '; ')} , {MEDIA};q=0.1"],
            [f"Sdes-Srtp ; MediaSec ,\r\n {ipsec}"],
            [f"dtls-srtp;mediasec, {ipsec}, {MEDIA}"])


def run(stack):
    core = stack.core()
    for number, _ in enumerate(spellings("")):
        handset = stack.handset(f"user{number}", 32 + number)
        client = spellings(handset.ipsec)[number]
        with ims.serving(core):
            check.status(handset.register(client=client), 200)
        theirs = handset.agreed(handset.challenge)
        check.equal((theirs["alg"], theirs["ealg"]), ("hmac-sha-1-96", "aes-cbc"),
                    f"algorithms for {client}")
        handset.is_associated()
        check.equal([row for row in handset.challenge.values("Security-Server")
                     if "ipsec" not in row], [MEDIA], f"of the media for {client}")
        agreed = {aor for aor, _, _ in stack.agreements()}
        check.that(f"user{number}@{stack.domain}" in agreed, f"not agreed: {client}")
    check.absent(core.wire, "mediasec", "ipsec-3gpp")
