import ssl

from lib import certificates, check

GOOD = "ECDHE-ECDSA-AES128-GCM-SHA256"
BAD = ("ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA384")  # CBC


def run(stack):
    named = "sip.example.net"
    certificates.profiles(stack)
    default, other = (certificates.installed(stack, name)
                      for name in ("mediasec", "example-net"))
    for name, wanted in ((None, default), ("elsewhere.example", default),
                         (named, other)):
        for how in ({}, {"newest": ssl.TLSVersion.TLSv1_2, "ciphers": GOOD}):
            check.equal(certificates.connected(stack, name, **how), wanted,
                        f"{name} with {how}")
        for ciphers in BAD:
            check.equal(certificates.connected(
                stack, name, newest=ssl.TLSVersion.TLSv1_2, ciphers=ciphers), None,
                f"{name} with {ciphers}")
        check.equal(certificates.connected(
            stack, name, newest=ssl.TLSVersion.TLSv1_1, ciphers="ALL:@SECLEVEL=0"),
            None, f"{name} with TLS 1.1")
