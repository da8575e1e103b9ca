from lib import check, registrar

DEFINES = {"REGISTRAR": "sip:{core}"}


def run(stack):
    core, alice = stack.core(), stack.phone()
    with registrar.serving(core, "Security-Server: sdes-srtp;mediasec",
                           "Require: mediasec"):
        check.status(alice.register(client=(), tags=()), 200)
    check.absent(alice.wire, "mediasec", "Security-Server")
    check.equal(stack.agreements(), [], "agreements")
