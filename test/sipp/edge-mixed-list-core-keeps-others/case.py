from lib import check, registrar

DEFINES = {"REGISTRAR": "sip:{core}"}
IPSEC = "ipsec-3gpp;alg=hmac-sha-1-96;spi-c=1111;spi-s=2222;port-c=5062;port-s=5063"


def run(stack):
    core, alice = stack.core(), stack.phone()
    own = [f"{one};mediasec" for one in stack.defines["MECHANISMS"].split(",")]
    with registrar.serving(core, "Security-Server: ipsec-3gpp;q=0.1;spi-c=3",
                           "Security-Server: bfcp-tls;mediasec"):
        check.status(alice.register(
            "Security-Verify: ipsec-3gpp;q=0.1",
            verify=own, client=(f"{IPSEC}, sdes-srtp;mediasec", "tls ,dtls-srtp;mediasec"),
            tags=("Require: sec-agree, mediasec",
                  "Proxy-Require: mediasec,sec-agree")), 200)
    for reply in (alice.challenge, alice.last):
        check.equal(sorted(reply.values("Security-Server")),
                    sorted(["ipsec-3gpp;q=0.1;spi-c=3", *own]), "Security-Server")
    for request in core.taken:
        check.rows(request, "Security-Client", [IPSEC, "tls"])
        check.rows(request, "Security-Verify", ["ipsec-3gpp;q=0.1"])
        check.rows(request, "Require", ["sec-agree"])
        check.rows(request, "Proxy-Require", ["sec-agree"])
    check.absent(core.wire, "mediasec")
