from lib import check, ims

SERVERS = ims.Pcscf


def run(stack):
    core = stack.core()
    for host, ealg in ((10, ";ealg=null"), (11, "")):
        handset = asks(stack, core, host, ealg, 500)
        check.absent(handset.wire, "WWW-Authenticate: .*[ci]k=")
    check.equal(stack.agreements(), [], "agreements")
    alice = ims.registered(stack, core, "alice", 12)
    alice.is_associated()

    stack.defines["IPSEC_NULL"] = "1"
    stack.restart()
    asks(stack, core, 13, ";ealg=null", 200).is_associated()


def asks(stack, core, host, ealg, code):
    """A handset that wants this encryption."""
    handset = stack.handset(f"user{host}", host)
    ipsec = handset.ipsec.replace(";ealg=aes-cbc", ealg)
    with ims.serving(core):
        check.status(handset.register(client=(f"{ipsec}, sdes-srtp;mediasec",)), code)
    return handset
