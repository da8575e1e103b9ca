from lib import check

DEFINES = {"MECHANISMS": "sdes-srtp,dtls-srtp", "VERIFY_MODE": "set"}
PAIR = ["sdes-srtp;mediasec", "dtls-srtp;mediasec"]


def run(stack):
    for rows, code in ((PAIR, 200), (PAIR[::-1], 200), (PAIR + PAIR[1:], 200),
                       (PAIR[:1], 494), (PAIR + ["msrp-tls;mediasec"], 494)):
        reply = stack.phone().register(verify=rows)
        check.that(reply.status == code, f"{rows} is taken as {reply.start!r}")
