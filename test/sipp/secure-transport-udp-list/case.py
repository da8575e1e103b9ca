from lib import calls, check

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
            reply = calls.refused(phone, 488, *phone.verify())
            check.present(reply.value("Warning"), "^399 ")
    core.seen()
    check.equal(core.wire, "", "what reached the core")
