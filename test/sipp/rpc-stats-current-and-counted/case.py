from lib import calls, check


def run(stack):
    alice, carol = calls.agreed(stack), stack.phone("carol")
    check.status(alice.register(), 200)  # once more: the same binding
    check.status(stack.phone("bob").register(
        client=("sdes-srtp;mediasec", "dtls-srtp;mediasec")), 200)
    check.status(carol.register(client=(), tags=()), 200)
    check.status(alice.register(verify=["wrong;mediasec"]), 494)

    stats = stack.rpc("mediasec.stats")
    check.equal(stats["bindings"], {"agreed": 2, "plain": 1, "sdes-srtp": 2,
                                    "dtls-srtp": 1}, "bindings")
    for name, wanted in {"agreed": 3, "agreed_sdes": 3, "agreed_dtls": 1, "plain": 1,
                         "removed": 0}.items():
        check.equal(stats["counters"][name], wanted, name)
    check.equal({name: n for name, n in stats["refused"].items() if n},
                {"verify_differs": 1}, "refused")
    check.equal({**stats["counters"],
                 **{f"refused_{name}": n for name, n in stats["refused"].items()}},
                stack.counters(), "counters of the group")

    check.status(alice.register(expires=0), 200)
    stats = stack.rpc("mediasec.stats")
    check.equal(stats["bindings"]["agreed"], 1, "bindings after one was removed")
    check.equal(stats["counters"]["removed"], 1, "removed")
    check.present(stack.kamcmd("mediasec.stats"), "agreed_sdes: 3", "plain: 1")
