from lib import calls, check, guard
from lib.stack import NATIVE

DEFINES = {**NATIVE, "PASSWORD_LIMIT": "3"}


def run(stack):
    alice = calls.agreed(stack)
    own = stack.phone("alice", ip=guard.neighbour(stack))
    forged = stack.phone("alice", ip=stack.phone_ip)
    ask = own.build("REGISTER", f"sip:{stack.domain}", to=f"<{own.aor}>")
    challenge = own.ask(ask)
    for password in ("wrong", None):
        for _ in range(5):
            reply = forged.ask(forged.authorize(ask, challenge, password))
            check.status(reply, 401)
            check.present(reply.value("WWW-Authenticate"), "stale=true")
    check.equal(guard.table(stack, "password"), {}, "wrong passwords")
    check.status(alice.register(), 200)
    check.status(own.ask(own.authorize(ask, challenge)), 200)
