from lib import calls, check, sdp


def run(stack):
    core, alice, bob = stack.core(), calls.agreed(stack), stack.phone("bob")

    def noted(phone, number):
        check.status(phone.register(client=(), tags=(), verify=()), 200)
        check.equal(stack.counters()["lost_capability"], number, "counter")

    noted(bob, 0)
    noted(alice, 1)
    check.present(stack.log(), "NOTICE.*lost_capability.*aor=alice@example.net "
                  "src=udp:%s:%d ci=%s" % (*alice.transport.address, alice.call_id))
    noted(alice, 1)
    calls.hang_up(calls.answered(alice, core, offer=sdp.plain(stack.phone_ip)),
                  alice, core)
    check.status(alice.register(), 200)
    other = stack.phone()
    noted(other, 2)
    noted(other, 2)
