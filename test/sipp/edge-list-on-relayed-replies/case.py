from lib import check, registrar

DEFINES = {"REGISTRAR": "sip:{core}"}


def run(stack):
    core, alice = stack.core(), stack.phone()
    with registrar.serving(core):
        check.status(alice.register(), 200)
    rows = [f"{name};mediasec" for name in stack.defines["MECHANISMS"].split(",")]
    for reply in (alice.challenge, alice.last):
        check.rows(reply, "Security-Server", rows)
    check.absent(core.wire, "mediasec", "Security-")
    check.present(core.wire, "^Path: ")
    check.equal(len(stack.agreements()), 1, "agreements")
