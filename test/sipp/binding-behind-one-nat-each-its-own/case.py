from lib import calls, check, sdp


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    bob, carol = stack.phone("bob"), calls.agreed(stack, "carol")
    desk = stack.phone()  # of alice as well
    for phone in (bob, desk):
        check.status(phone.register(client=(), tags=()), 200)
    plain = sdp.plain(stack.phone_ip)
    for phone in (alice, carol):
        calls.refused(phone, 494, offer=plain)
        calls.refused(phone, 494, offer=plain, sender=f"<{bob.aor}>;tag=x")
        calls.refused(phone, 494, offer=plain,
                      sender="<sip:anonymous@anonymous.invalid>;tag=x")
        calls.hang_up(calls.answered(phone, core, *phone.verify()), phone, core)
    for phone in (bob, desk):
        calls.hang_up(calls.answered(phone, core, offer=plain), phone, core)
    check.equal(stack.counters()["unknown"], 0, "requests of unknown senders")
    calls.no_keys(core)
