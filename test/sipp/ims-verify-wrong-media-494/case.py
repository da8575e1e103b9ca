from lib import calls, check, ims

SERVERS = ims.Pcscf
WRONG = "dtls-srtp;mediasec"


def run(stack):
    core, alice = stack.core(), stack.handset()
    with ims.serving(core):
        refused(alice.register(verify=[WRONG]))
        ipsec = next(row for row in alice.list if row.startswith("ipsec"))
        for wrong in ([f"{ipsec}, {WRONG}"], [WRONG, ipsec],
                      [ipsec, "sdes-srtp;mediasec;x=1"]):
            refused(alice.verified(*wrong))
        check.equal(len(core.taken), 1, "REGISTERs at the S-CSCF")
        check.equal(stack.agreements(), [], "agreements")
        check.status(alice.verified(f"{ipsec}, sdes-srtp;mediasec"), 200)
    alice.is_associated()

    right = f"Security-Verify: sdes-srtp;mediasec, {ipsec}"
    refused(calls.refused(alice, 494, f"Security-Verify: {WRONG}, {ipsec}"))
    core.seen()
    check.equal([one.start for one in core.inbox], [], "what reached the core")
    talk = calls.answered(alice, core, right)
    calls.no_keys(core)
    bye = calls.hang_up(talk, alice, core, right)
    check.absent(bye, "^Security-")
    alice.within()


def refused(reply):
    check.status(reply, 494)
    check.rows(reply, "Security-Server", ["sdes-srtp;mediasec"])
