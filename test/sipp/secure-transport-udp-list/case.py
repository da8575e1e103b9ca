from lib import calls, check, sdp

DEFINES = {"REQUIRE_SECURE_TRANSPORT": "1"}


def run(stack):
    core = stack.core()
    for transport in ("udp", "tcp"):
        for asks in (True, False):
            phone = stack.phone("alice" if asks else "bob", transport)
            reply = phone.register() if asks else phone.register(client=(), tags=())
            check.status(reply, 200)
            check.rows(reply, "Security-Server",
                       ["msrp-tls;mediasec", "dtls-srtp;mediasec"] if asks else [])
            for offer in (sdp.secure(stack.phone_ip),
                          sdp.plain(stack.phone_ip, 40000, sdp.crypto())):
                reply = calls.refused(phone, 488, *phone.verify(), offer=offer)
                check.present(reply.value("Warning"), "^399 ")
    core.seen()
    check.equal(core.wire, "", "what reached the core")
    check.equal(stack.counters()["refused_insecure_keys"], 8, "counter")
