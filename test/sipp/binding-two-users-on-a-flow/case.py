from lib import calls, check, sdp


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    bob = stack.phone("bob")
    bob.transport.close()
    bob.transport = alice.transport
    check.status(bob.register(client=(), tags=()), 200)
    plain = sdp.plain(stack.phone_ip)
    calls.refused(alice, 494, offer=plain)
    calls.refused(alice, 494, offer=plain, sender=f"<{bob.aor}>;tag=x")
    talk = calls.answered(bob, core, offer=plain)
    calls.hang_up(talk, bob, core)
    talk = calls.answered(alice, core, *alice.verify())
    calls.hang_up(talk, alice, core)
    calls.no_keys(core)
