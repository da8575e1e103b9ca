from lib import calls, check


def run(stack):
    phone = stack.phone()
    check.status(phone.register(
        "SECURITY-client :  sdes-srtp;mediasec", "Security-VERIFY : msrp-tls;mediasec,"
        "\r\n\tsdes-srtp;mediasec", "security-verify:dtls-srtp ;\r\n mediasec",
        client=(), tags=(), verify=()), 200)
    check.equal(len(stack.agreements()), 1, "agreements")
    core = stack.core()
    calls.answered(phone, core, "security-VERIFY :msrp-tls;mediasec",
                   "Security-Verify: sdes-srtp ; MEDIASEC,\r\n dtls-srtp;mediasec",
                   "REQUIRE : mediasec", "proxy-require: MediaSec")
    calls.no_keys(core)
