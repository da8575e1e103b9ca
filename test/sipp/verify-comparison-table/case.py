from lib import check

DEFINES = {"MECHANISMS": "sdes-srtp,dtls-srtp", "REJECT_LIMIT": "0"}
PAIR = ["sdes-srtp;mediasec", "dtls-srtp;mediasec"]
EQUAL = (
    PAIR,
    ["sdes-srtp;mediasec, dtls-srtp;mediasec"],
    ["SDES-SRTP ; MediaSec ,dtls-srtp;mediasec"],
    ["sdes-srtp;mediasec;q=0.1, dtls-srtp;mediasec;q=0.05"],
    ["sdes-srtp;mediasec,\r\n dtls-srtp;mediasec"],
    ["tls;q=0.1, sdes-srtp;mediasec", "dtls-srtp;mediasec"],
    [",sdes-srtp;mediasec", "dtls-srtp;mediasec"],
    PAIR + PAIR, PAIR * 50,
    [PAIR[0], PAIR[0], PAIR[1], PAIR[1]],
)
DIFFERENT = (
    PAIR[::-1], PAIR[:1], PAIR[1:], PAIR + PAIR[:1],
    PAIR + ["msrp-tls;mediasec"],
    ["sdes-srtp", PAIR[1]],
    ["sdes-srtp;mediasec;x=1", PAIR[1]],
    ['sdes-srtp;mediasec="y"', PAIR[1]],
    [""],
)


def run(stack):
    for equal, lists in ((True, EQUAL), (False, DIFFERENT)):
        for rows in lists:
            reply = stack.phone().register(verify=rows)
            check.that(reply.status == (200 if equal else 494),
                       f"{rows[:4]} is taken as {reply.start!r}")
