from lib import calls, check, guard
from lib.stack import NATIVE

DEFINES = {**NATIVE, "SCANNERS": "friendly-scanner|sipvicious"}


def run(stack):
    for name in ("friendly-scanner", "SIPVicious 0.3"):
        scanner = stack.phone("carol")
        for method in ("OPTIONS", "REGISTER", "INVITE"):
            scanner.send(scanner.build(method, f"sip:100@{stack.domain}",
                                       f"User-Agent: {name}"))
        check.that(not scanner.receive(0.3), f"{name} is answered")
    check.equal(guard.counter(stack, "scanners"), 6, "counter scanners")
    alice = calls.agreed(stack)
    check.status(alice.register("User-Agent: Asterisk PBX 22.10.1"), 200)
