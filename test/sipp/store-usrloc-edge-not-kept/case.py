from lib import calls, check, registrar

DEFINES = {"STORE": "usrloc", "REGISTRAR": "sip:{core}", "UNKNOWN_BINDING": "refuse"}


def run(stack):
    core, alice = stack.core(), stack.phone()
    with registrar.serving(core):
        check.status(alice.register(), 200)
    check.equal(stack.agreements(), [], "agreements")
    check.present(stack.log(), "no contact in table location has this record")
    check.equal(stack.counters()["agreed"], 0, "counter of agreements")
    calls.refused(alice, 494, auth=False)
