from lib import check, registrar

DEFINES = {"REGISTRAR": "sip:{core}"}


def run(stack):
    core, alice = stack.core(), stack.phone()
    with registrar.serving(core):
        for client, left in ((";mediasec", []), ("=x;MediaSec, tls", ["tls"]),
                             ("a b, tls", ["a b, tls"])):
            alice.register(client=(client,), tags=())
            check.status(alice.challenge, 401)
            check.rows(core.taken[-1], "Security-Client", left)
    check.absent(core.wire, "mediasec")
