from lib import calls, check, sdp


def run(stack):
    core, alice = stack.core(), stack.phone()
    contact = f"<{alice.contact}>"
    check.status(alice.register(contact=contact), 200)
    old, alice.transport = alice.transport, stack.link()
    check.status(alice.register(contact=contact), 200)
    calls.refused(alice, 494, offer=sdp.plain(stack.phone_ip))
    calls.hang_up(calls.answered(alice, core, *alice.verify()), alice, core)
    stranger = stack.phone("bob")
    stranger.transport.close()
    stranger.transport = old
    calls.hang_up(calls.answered(stranger, core, offer=sdp.plain(stack.phone_ip)),
                  stranger, core)
    check.equal(stack.counters()["unknown"], 1, "requests of unknown senders")
