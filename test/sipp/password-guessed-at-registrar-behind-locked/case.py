from lib import check, guard, registrar, sip
from lib.stack import NATIVE

DEFINES = {**NATIVE, "REGISTRAR": "sip:{core}", "PASSWORD_LIMIT": "3"}
WWW, PROXY = ([f"{name}: {sip.ELSEWHERE}"] for name in ("Authorization", "Proxy-Authorization"))


def run(stack):
    core, home = stack.core(), guard.neighbour(stack)
    alice = stack.phone("alice", "tls")
    mallory, forger = (stack.phone("alice", kind, ip=home) for kind in ("tcp", "udp"))
    with registrar.serving(core):
        check.status(alice.register(), 200)
        guard.guess(forger, 6)
        for _ in range(4):  # an old nonce, and then the right one
            guard.guess(alice, 2)
            check.status(alice.register(), 200)
        check.equal(set(guard.table(stack, "password").values()), {0}, "forgiven")

        guard.guess(mallory, 3)
        asked = len(core.taken)
        guard.guess(mallory, 1, 403)
        check.status(mallory.register(), 403)
        check.equal(len(core.taken), asked + 2, "REGISTERs that reach the registrar")
        for rows in (WWW + WWW, PROXY + PROXY, WWW + PROXY):
            check.status(alice.ask(alice.build("REGISTER", f"sip:{stack.domain}", *rows,
                                               to=f"<{alice.aor}>")), 400)
        check.equal(len(core.taken), asked + 2, "REGISTERs with several credentials")
        check.status(alice.register(), 200)
    check.equal(len(stack.agreements()), 1, "agreements")
    for name in ("WWW-Authenticate", "Proxy-Authenticate"):
        stale = (f'{name}: Digest realm="{registrar.REALM}", '
                 f'nonce="{registrar.NONCE}", qop="auth", stale=true')
        with registrar.serving(core, stale):
            guard.guess(stack.phone("bob", "tls"), 6)
    check.equal(guard.counter(stack, "password_locked"), 1, "counter password_locked")
