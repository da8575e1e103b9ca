from lib import calls, check, sdp


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    bob, carol = stack.phone("bob"), calls.agreed(stack, "carol")
    check.status(bob.register(client=(), tags=()), 200)
    plain = sdp.plain(stack.phone_ip)
    for phone in (alice, carol):
        calls.refused(phone, 494, offer=plain)
        calls.refused(phone, 494, offer=plain, sender=f"<{bob.aor}>;tag=x")
        calls.hang_up(calls.answered(phone, core, *phone.verify()), phone, core)
    calls.hang_up(calls.answered(bob, core, offer=plain), bob, core)
    calls.no_keys(core)
