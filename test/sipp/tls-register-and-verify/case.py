from lib import calls, check

DEFINES = {"REQUIRE_SECURE_TRANSPORT": "1"}


def run(stack):
    alice = stack.phone(transport="tls")
    reply = alice.register(verify=["sdes-srtp;mediasec"])
    check.status(reply, 494)
    rows = [f"{name};mediasec" for name in stack.defines["MECHANISMS"].split(",")]
    check.rows(reply, "Security-Server", rows)
    check.rows(reply, "Require", ["mediasec"])
    check.status(alice.register(), 200)
    check.rows(alice.last, "Security-Server", rows)
    calls.refused(alice, 494, "Security-Verify: wrong;mediasec")
    core = stack.core()
    calls.hang_up(calls.answered(alice, core, *alice.verify()), alice, core)
