from lib import calls, check, guard, parties, sdp
from lib.stack import NATIVE

DEFINES = {**NATIVE, "PASSWORD_LIMIT": "3", "PASSWORD_TIME": "3"}


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    home = guard.neighbour(stack)
    carol, mallory = stack.phone("carol", ip=home), stack.phone("alice", ip=home)
    for _ in range(5):
        check.status(carol.ask(carol.build("REGISTER", f"sip:{stack.domain}")), 401)
        check.status(carol.register(verify=["wrong;mediasec"]), 494)
    check.status(carol.register(), 200)
    check.equal(guard.table(stack, "password"), {}, "wrong passwords")

    guard.guess(mallory, 3)
    check.rows(mallory.last, "Security-Server", mallory.list)
    guard.guess(mallory, 1, 403)
    check.status(mallory.register(), 403)
    who = f"alice@{home}"
    check.equal(guard.table(stack, "password"), {who: 3, home: 3}, "wrong passwords")
    check.equal(stack.log().count(f"password: {who} is locked"), 1, "lines in the log")
    check.equal([guard.counter(stack, f"password_{name}")
                 for name in ("wrong", "locked", "refused")], [3, 1, 2], "counters")

    check.status(alice.register(), 200)
    calls.hang_up(calls.answered(alice, core, *alice.verify()), alice, core)
    calls.no_keys(core)
    check.status(carol.register(), 200)

    stack.rpc("htable.delete", "password", who)
    check.status(mallory.register(expires=0), 200)
    for status in (407, 407, 407, 403):  # the same for calls
        call = mallory.invite("200", sdp.secure(home, 40000), *mallory.verify(),
                              password="wrong")
        check.status(call.final(), status)
    check.status(mallory.register(), 403)

    hasty = stack.phone("bob", ip=home)  # many at a time are no way round
    first = hasty.build("REGISTER", f"sip:{stack.domain}", to=f"<{hasty.aor}>")
    challenge = hasty.ask(first)
    tries = [hasty.send(hasty.authorize(first, challenge, "wrong")) for _ in range(20)]
    got = [hasty.answer(one).status for one in tries]
    check.equal((got.count(401), got.count(403)), (3, 17), "of 20 at a time")
    parties.waited(lambda: mallory.register().status == 200, "locked for ever")
