from lib import calls, check, sdp

DEFINES = {"STORE": "usrloc", "UNKNOWN_BINDING": "refuse"}


def run(stack):
    core, alice, bob = stack.core(), calls.agreed(stack), stack.phone("bob")
    bob.transport.close()
    bob.transport = alice.transport
    check.status(bob.register(client=(), tags=()), 200)
    plain = sdp.plain(stack.phone_ip)
    calls.refused(alice, 494, offer=plain)
    stack.rpc("ul.rm", "location", "alice")
    check.equal(stack.agreements(), [], "agreements")
    calls.refused(alice, 494, offer=plain)
    calls.hang_up(calls.answered(bob, core, offer=plain,
                                 sender="<sip:anonymous@anonymous.invalid>;tag=x"),
                  bob, core)
