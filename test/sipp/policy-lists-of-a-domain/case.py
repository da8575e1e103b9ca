from lib import calls, check, parties, policies, registrar, sdp

DEFINES = {"REGISTRAR": "sip:{core}", "MECHANISMS": "dtls-srtp,sdes-srtp"}
GCM = "AEAD_AES_256_GCM"


def run(stack):
    policies.use(stack, ("gcm.test", "", f"mechanisms=sdes-srtp;suites={GCM}"))
    core = stack.core()
    alice, bob = stack.phone(domain="gcm.test"), stack.phone("bob")
    both = ("sdes-srtp;mediasec", "dtls-srtp;mediasec")
    with registrar.serving(core):
        for phone in (alice, bob):
            check.status(phone.register(client=both), 200)
    check.equal(alice.list, ["sdes-srtp;mediasec"], "list of the domain")

    aes, gcm = sdp.crypto(1), sdp.crypto(2, GCM)
    for offer, reason in (
            (sdp.secure(stack.phone_ip, 40000, aes), "offer_suite"),
            (parties.Party(stack, alice, parties.ACTIVE).offer(), "offer_mechanism")):
        calls.refused(alice, 488, *alice.verify(), offer=offer, auth=False)
        check.equal(stack.counters()[f"refused_{reason}"], 1, reason)
    for phone, wanted in ((alice, GCM), (bob, sdp.SUITE)):
        talk = calls.answered(phone, core, *phone.verify(), auth=False,
                              offer=sdp.secure(stack.phone_ip, 40000, aes, gcm))
        [answer] = sdp.read(talk.answer.body)
        check.equal([suite for _, suite, _ in answer.cryptos], [wanted], "suite")
        calls.hang_up(talk, phone, core)
