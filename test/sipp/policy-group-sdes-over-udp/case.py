from lib import calls, check

DEFINES = {"REQUIRE_SECURE_TRANSPORT": "1", "GROUP": "vpn=alice@example.net",
           "RULE": "group=vpn;require_secure_transport=0"}


def run(stack):
    core, alice, bob = stack.core(), stack.phone(), stack.phone("bob")
    check.status(alice.register(), 200)
    check.status(bob.register(), 200)
    check.that("sdes-srtp;mediasec" in alice.list, "no SDES for the group")
    check.that("sdes-srtp;mediasec" not in bob.list, "SDES for everybody")
    talk = calls.answered(alice, core, *alice.verify())
    calls.hang_up(talk, alice, core)
    calls.refused(bob, 488, *bob.verify())
    check.equal(stack.counters()["refused_insecure_keys"], 1, "counter")
