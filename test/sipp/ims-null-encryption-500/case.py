from lib import check, ims

SERVERS = ims.Pcscf


def run(stack):
    core = stack.core()
    for host, weaken in ((10, lambda ipsec: ipsec.replace("aes-cbc", "null")),
                         (11, lambda ipsec: ipsec.replace(";ealg=aes-cbc", ""))):
        handset = stack.handset(f"user{host}", host)
        with ims.serving(core):
            reply = handset.register(
                client=(f"{weaken(handset.ipsec)}, sdes-srtp;mediasec",))
        check.status(reply, 500)
        check.absent(handset.wire, "WWW-Authenticate: .*[ci]k=")
    check.equal(stack.agreements(), [], "agreements")
    alice = ims.registered(stack, core, "alice", 12)
    alice.is_associated()
