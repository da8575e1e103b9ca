from lib import calls, check

DEFINES = {"REJECT_LIMIT": "0"}
GARBAGE = (
    'sdes-srtp;mediasec;x="open', '"', ",", "," * 5000, ";" * 5000, "a" * 20000,
    "sdes-srtp;mediasec" + ";p=1" * 2000, "sdes-srtp;mediasec," * 1500, "\x80\xff",
    "%s%n%s", "sdes-srtp;mediasec\r\n\t,\r\n ,x", "*", "=;=,=;=", "\x00")


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    for text in GARBAGE:
        for name in ("Security-Verify", "Security-Client", "Require"):
            rows = [f"{name}: {text}"]
            rows += alice.verify() if name != "Security-Verify" else []
            call = alice.invite("200", "garbage", *rows)
            code = (call.reply or call.final()).status
            check.that(code in (400, 420, 488, 494), f"{name}: {text[:40]!r}: {code}")
    core.seen()
    check.equal(core.wire, "", "what reached the core")
    check.equal(len(stack.agreements()), 1, "agreements")
    calls.hang_up(calls.answered(alice, core, *alice.verify()), alice, core)
