from lib import certificates, check, sip
from lib.transport import Tls

NAME = "sip.example.net"


def run(stack):
    for name in ("client", "stranger"):
        certificates.create(stack, name, NAME)
    certificates.profiles(stack, ("_certificate = no", "_certificate = yes"),
                          ("clients-ca.pem", "client-cert.pem"))
    for name in (None, NAME):
        for own in (None, "stranger"):
            check.equal(certificates.connected(stack, name, own), None,
                        f"{name} with {own}")
        check.that(certificates.connected(stack, name, "client"), f"{name}: refused")

    class Known(Tls):
        def secure(self, plain):
            return certificates.context(stack, "client").wrap_socket(plain)

    alice = sip.Phone(Known(stack.phone_ip, (stack.access, stack.ports["tls"])), "alice",
                      stack.domain, open(stack.logs / "alice.msg", "w", encoding="utf-8"),
                      password="alice-pw")
    stack.agents.append(alice)
    check.status(alice.register(password="wrong"), 401)
    check.status(alice.register(), 200)
    check.equal(len(stack.agreements()), 1, "agreements")
