from lib import calls, certificates, check, parties

DEFINES = {"REQUIRE_SECURE_TRANSPORT": "1"}


def run(stack):
    certificates.profiles(stack)
    core = parties.behind(stack)
    alice = parties.registered(stack, parties.SDES, transport="tls")
    [known], first = stack.agreements(), certificates.installed(stack)
    check.equal(certificates.shown(alice.agent), first, "certificate")
    dialog = parties.connect(stack, alice, core)
    dialog.talk(packets=20)

    renew(stack)
    bob = calls.agreed(stack, "bob", "tls")
    second = certificates.shown(bob)
    check.that(second != first, "a new connection sees the old certificate")
    check.equal(second, certificates.installed(stack), "of a new connection")
    check.that(known in stack.agreements(), "the agreement is gone")

    dialog.talk(packets=20)
    wrong = dialog.send(alice, "INVITE", "Security-Verify: wrong;mediasec",
                        body=alice.offer())
    reply = alice.agent.answer(wrong)
    check.status(reply, 494)
    alice.agent.acknowledge(wrong, reply)
    for party in (alice, core):
        party.renew()
        dialog.reoffer(party)
        dialog.talk(packets=20)

    (stack.run / "mediasec-cert.pem").write_text("no certificate", "ascii")
    check.equal(stack.fault("tls.reload"), 500, "fault")
    check.equal(certificates.connected(stack), second, "after a bad one")
    for _ in range(5):
        renew(stack)
    check.equal(certificates.connected(stack), certificates.installed(stack), "the last")

    dialog.hang_up()
    check.status(alice.agent.register(), 200)
    calls.no_keys(core.agent)
    calls.no_sessions(stack)


def renew(stack):
    certificates.create(stack, "mediasec", stack.domain)
    stack.rpc("tls.reload")
