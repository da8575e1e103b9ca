from lib import calls, check

DEFINES = {"UNKNOWN_BINDING": "refuse"}
FRONT = "SIP/2.0/UDP 192.0.2.7;branch=z9hG4bKfront"
WRONG = "Security-Verify: wrong;mediasec"
RIGHT = [f"Security-Verify: {name};mediasec"
         for name in ("msrp-tls", "sdes-srtp", "dtls-srtp")]


def run(stack):
    core, stranger = stack.core(), stack.phone()
    calls.refused(stranger, 494)
    calls.refused(stranger, 494, WRONG)
    for rows in ([], [WRONG]):
        calls.refused(stranger, 502, *rows, via=[stranger.via(), FRONT])
    check.equal(stack.counters()["refused_not_first_hop"], 2, "refused calls")
    check.equal(core.seen(), [], "what the core gets")
    calls.answered(stranger, core, *RIGHT, via=[stranger.via(), FRONT])
