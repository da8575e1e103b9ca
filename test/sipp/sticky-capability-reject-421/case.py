from lib import calls, check, sdp

DEFINES = {"STICKY_CAPABILITY": "reject"}


def run(stack):
    core, alice, bob = stack.core(), calls.agreed(stack), stack.phone("bob")
    wanted = alice.list
    check.status(bob.register(client=(), tags=(), verify=()), 200)
    for phone in (alice, stack.phone()):
        reply = phone.register(client=(), tags=(), verify=())
        check.status(reply, 421)
        check.equal(reply.values("Require"), ["mediasec"], "Require")
        check.rows(reply, "Security-Server", wanted)
    check.equal(stack.counters()["refused_lost_capability"], 2, "counter")
    calls.refused(alice, 494, offer=sdp.plain(stack.phone_ip))
    check.status(alice.register(), 200)

    check.status(alice.register(client=(), tags=(), verify=(), expires=0), 200)
    check.status(alice.register(client=(), tags=(), verify=()), 200)
    calls.hang_up(calls.answered(alice, core, offer=sdp.plain(stack.phone_ip)),
                  alice, core)
