from lib import check, registrar

DEFINES = {"REGISTRAR": "sip:{core}"}


def run(stack):
    core, alice, mallory = stack.core(), stack.phone(), stack.phone()
    with registrar.serving(core):
        check.status(mallory.register(password="wrong"), 401)
        check.equal(stack.agreements(), [], "agreements")
        check.status(alice.register(), 200)
        check.status(alice.register(password="wrong", client=(), tags=(), verify=()), 401)
        check.status(alice.register(password="wrong", verify=["wrong;mediasec"]), 494)
    check.equal(len(stack.agreements()), 1, "agreements")
