from lib import calls, check, sdp

BODIES = ("garbage\r\n", "v=0\r\nm=audio\r\n", "m=audio 1 RTP/SAVP 0\r\n",
          sdp.secure("127.0.0.1").replace("m=audio 40000", "m=audio 4o000"),
          "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n\0\r\n")


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    for body in BODIES:
        call = alice.invite("200", body, *alice.verify())
        code = (call.reply or call.final()).status
        check.that(code in (400, 488), f"{body!r}: {code}")
    core.seen()
    check.equal(core.wire, "", "what reached the core")
    check.equal(stack.counters()["refused_sdp_malformed"], len(BODIES), "counter")
    check.equal(len(stack.agreements()), 1, "agreements")
    calls.answered(alice, core, *alice.verify())
