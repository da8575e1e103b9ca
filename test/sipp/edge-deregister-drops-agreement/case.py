from lib import check, registrar

DEFINES = {"REGISTRAR": "sip:{core}"}


def run(stack):
    core, alice = stack.core(), stack.phone()
    with registrar.serving(core):
        check.status(alice.register(), 200)
        check.equal(len(stack.agreements()), 1, "agreements")
        check.status(alice.register(verify=(), expires=0), 200)
    check.equal(stack.agreements(), [], "agreements")
