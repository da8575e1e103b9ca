from lib import check, registrar

DEFINES = {"REGISTRAR": "sip:{core}"}


def run(stack):
    core, alice = stack.core(), stack.phone()
    with registrar.serving(core):
        check.status(alice.register("Security-Verify: wrong;mediasec", verify=()), 494)
    check.status(alice.challenge, 401)
    check.absent(core.wire, "mediasec")
