from lib import check, ims

SERVERS = ims.Pcscf
DEFINES = {"POLICY": "required", "VERIFY_MISSING": "reject"}


def run(stack):
    core = stack.core()
    for user, host, more in (("alice", 10, ()), ("bob", 11, ("Require: mediasec",))):
        handset = stack.handset(user, host)
        with ims.serving(core):
            check.status(handset.register(tags=(*ims.SEC_AGREE, *more)), 200)
        check.status(handset.challenge, 401)
    check.equal(len(stack.agreements()), 2, "agreements")
