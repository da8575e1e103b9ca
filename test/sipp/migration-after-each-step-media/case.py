from lib import calls, check, parties, sdp

DEFINES = {"POLICY": "off"}


def both_ways(stack, core, alice):
    for caller, callee in ((alice, core), (core, alice)):
        dialog = parties.connect(stack, caller, callee)
        dialog.talk()
        dialog.hang_up()
    calls.no_sessions(stack)


def goes_to(stack, policy):
    stack.defines["POLICY"] = policy
    stack.restart()


def run(stack):
    core, bob = parties.behind(stack), stack.phone("bob")
    check.status(bob.register(client=(), tags=()), 200)
    alice = parties.Party(stack, stack.phone(), parties.SDES)
    check.status(alice.agent.register(client=(), tags=()), 200)
    plain = sdp.plain(stack.phone_ip)
    both_ways(stack, core, alice)
    calls.hang_up(calls.answered(bob, core.agent, offer=plain), bob, core.agent)

    goes_to(stack, "optional")
    check.status(alice.agent.register(), 200)
    check.status(bob.register(client=(), tags=()), 200)
    both_ways(stack, core, alice)
    calls.no_keys(core.agent)
    calls.refused(alice.agent, 494, "Security-Verify: tls;mediasec")
    calls.refused(alice.agent, 488, *alice.rows(), offer=plain)
    calls.hang_up(calls.answered(bob, core.agent, offer=plain), bob, core.agent)

    goes_to(stack, "required")
    check.status(bob.register(client=(), tags=()), 421)
    check.status(alice.agent.register(), 200)
    both_ways(stack, core, alice)
