from lib import calls, check
from lib.message import token

DEFINES = {"REJECT_LIMIT": "3"}


def run(stack):
    alice = stack.phone()
    for code in (494, 494, 494, 503, 503):
        reply = alice.register(verify=["wrong;mediasec"])
        check.status(reply, code)
    check.that(reply.value("Retry-After"), "503 without Retry-After")
    check.equal(stack.counters()["refused_reject_limit"], 2, "counter")

    check.status(alice.register(), 200)
    alice.call_id = token()
    check.status(alice.register(verify=["wrong;mediasec"]), 494)
    check.status(stack.phone("bob").register(verify=["wrong;mediasec"]), 494)
    core = stack.core()
    calls.answered(alice, core, *alice.verify())
