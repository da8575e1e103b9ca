import re

from lib import calls, check, ims

SERVERS = ims.Pcscf
MEDIA = "sdes-srtp;mediasec"


def run(stack):
    core, alice = stack.core(), stack.handset()
    with ims.serving(core):
        check.status(alice.register(verify=[MEDIA, "ipsec-3gpp;spi-c=1"]), 494)
        right = next(row for row in alice.list if row.startswith("ipsec"))
        check.equal(set(alice.last.values("Security-Server")), {MEDIA, right}, "the list")
        for wrong in (right.replace("port-c=6100", "port-c=6101"),
                      right.replace("spi-s=101", "spi-s=102"),
                      right.replace("ealg=aes-cbc", "ealg=null"),
                      right.replace(";alg=hmac-sha-1-96", ";alg=hmac-md5-96")):
            check.that(wrong != right, "not changed")
            check.status(alice.verified(f"{MEDIA}, {wrong}"), 494)
        check.equal(len(core.taken), 1, "REGISTERs at the S-CSCF")
        check.equal(stack.agreements(), [], "agreements")
        name, *parameters = right.split(";")
        odd = " ; ".join([name.upper(), *parameters[::-1]]).replace(
            "spi-c=", "spi-c = 0000").replace("aes-cbc", "AES-CBC")
        check.status(alice.verified(f"{odd} ,{MEDIA}"), 200)
    check.that(re.search("0000", odd), "no zeros")
    calls.refused(alice, 494, f"Security-Verify: {MEDIA}", f"Security-Verify: {wrong}")
    core.seen()
    check.equal([one.start for one in core.inbox], [], "what reached the core")
    calls.hang_up(calls.answered(alice, core, *alice.verify()), alice, core)
