from lib import check

# name, Security-Client
PHONES = [("alice", ("sdes-srtp;mediasec",)), ("alice", ("dtls-srtp;mediasec",)),
          ("alice", ()), ("bob", ("sdes-srtp;mediasec", "dtls-srtp;mediasec")),
          ("carol", ())]


def aors(stack, *params):
    return sorted(one["aor"].partition("@")[0] for one in
                  stack.rpc("mediasec.list", *params))


def run(stack):
    check.equal(stack.rpc("mediasec.list"), [], "bindings at start")
    for user, client in PHONES:
        phone = stack.phone(user)
        tags = () if not client else ("Proxy-Require: mediasec", "Require: mediasec")
        check.status(phone.register(client=client, tags=tags), 200)

    everybody = sorted(user for user, _ in PHONES)
    for params, wanted in (
            ((), everybody),
            (("*",), everybody),
            (("alice@*",), ["alice"] * 3),
            (("sip:alice@example.net",), ["alice"] * 3),
            (("?o?@*",), ["bob"]),
            (("*o*",), ["bob", "carol"]),  # ...@example.net has no o
            (("ALICE@*",), []),
            (("alice",), []),
            (("*", "sdes-srtp"), ["alice", "bob"]),
            (("*", "dtls-srtp"), ["alice", "bob"]),
            (("*", "none"), ["alice", "carol"]),
            (("a*", "none"), ["alice"]),
            (("*", "msrp-tls"), [])):
        check.equal(aors(stack, *params), wanted, f"list{params}")
        check.equal(stack.kamcmd("mediasec.list", *params).count("aor: "),
                    len(wanted), f"kamcmd mediasec.list {params}")

    seen = []
    for offset in range(len(PHONES) + 1):
        page = stack.rpc("mediasec.list", "*", "*", offset, 1)
        check.equal(len(page), int(offset < len(PHONES)), f"rows of page {offset}")
        seen += [(one["aor"], one["flow"]) for one in page]
    check.equal(len(set(seen)), len(PHONES), "different bindings on all pages")
    check.equal(len(stack.rpc("mediasec.list", "*", "*", 1, 10000)), 4, "rows")

    for params in (("*", "srtp"), ("*", "*", -1), ("*", "*", 0, 0), (7,),
                   ("*", "*", 0, 10001), ("*", 7)):
        check.equal(stack.fault("mediasec.list", *params), 400, f"list{params}")
    check.present(stack.kamcmd("mediasec.list", "*", "srtp"), "error: 400")
