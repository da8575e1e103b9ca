from lib import calls, check

LIST = "msrp-tls,sdes-srtp,dtls-srtp"


def run(stack):
    core, alice = stack.core(), stack.phone()
    plain = stack.phone()
    check.status(plain.register(client=(), tags=(), expires=300), 200)
    check.status(alice.register(client=("sdes-srtp;mediasec", "dtls-srtp;mediasec"),
                                expires=300), 200)
    check.status(stack.phone("bob").register(), 200)

    first, second = sorted(stack.rpc("mediasec.show", "alice@example.net"),
                           key=lambda one: one["state"])
    for one, phone, wanted in (
            (first, alice, {"state": "agreed", "agreed": "sdes-srtp,dtls-srtp",
                            "offered": "sdes-srtp,dtls-srtp", "mirrored": 1}),
            (second, plain, {"state": "none", "agreed": "", "offered": "",
                             "mirrored": 0})):
        ip, port = phone.transport.address
        check.that(290 < one.pop("expires") <= 332, "time to the end")
        check.equal(one, {"aor": "alice@example.net", "user": "alice@example.net",
                          "contact": phone.contact, "flow": f"udp:{ip}:{port}",
                          "list": LIST, "secure": 0, **wanted}, "binding")
    check.equal(len(stack.rpc("mediasec.show", "sips:bob@example.net")), 1, "bob's")
    check.present(stack.kamcmd("mediasec.show", "bob@example.net"),
                  "agreed: sdes-srtp$")

    calls.answered(alice, core, *alice.verify())  # keys are in memory now
    check.absent(stack.rpc("mediasec.show", "alice@example.net"), "inline", "key",
                 "crypto")

    check.equal(stack.fault("mediasec.show", "carol@example.net"), 404, "no AoR")
    check.equal(stack.fault("mediasec.show"), 400, "no parameter")
    check.present(stack.kamcmd("mediasec.show", "alice"), "error: 404")
