from lib import check, elsewhere, registrar

DEFINES = {"REGISTRAR": "sip:{core}"}


def run(stack):
    elsewhere.as_it_stands(stack, elsewhere.LOOKUP)
    core, alice, bob = stack.core(), stack.phone(), stack.phone("bob")
    bob.transport.close()
    bob.transport = alice.transport
    with registrar.serving(core):
        check.status(alice.register(), 200)
        check.status(bob.register(client=(), tags=()), 200)
    for uri, proto in ((f"sip:+4930123@{alice.address}", "RTP/SAVP"),
                       (bob.contact, "RTP/AVP")):
        check.equal(elsewhere.offered(stack, core, uri, alice), [proto], uri)
