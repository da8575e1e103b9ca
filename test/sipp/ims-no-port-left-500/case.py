from lib import calls, check, ims, registrar

SERVERS = ims.Pcscf
DEFINES = {"IPSEC_CONNECTIONS": "1", "IPSEC_SPIS": "2"}


def run(stack):
    core = stack.core()
    bob = stack.handset("bob", 11)
    with registrar.serving(core):                       # without keys
        check.status(bob.register(), 500)
    alice = ims.registered(stack, core)
    with ims.serving(core):
        check.status(bob.register(), 500)
    check.absent(bob.wire, "WWW-Authenticate: .*[ci]k=")
    check.equal([aor for aor, _, _ in stack.agreements()],
                [f"alice@{stack.domain}"], "agreements")
    calls.hang_up(calls.answered(alice, core, *alice.verify()), alice, core)
    check.status(calls.refused(bob, 403), 403)
    alice.is_associated()
