from lib import calls, check, events, parties


def told(stack, number):
    return [one for one in events.next_ones(stack, number) if one["event"] == "secured"]


def run(stack):
    core = parties.behind(stack)
    alice = parties.registered(stack, parties.SDES)
    carol = parties.registered(stack, parties.PASSIVE, "carol")
    bob = parties.registered(stack, parties.PLAIN, "bob")
    events.next_ones(stack, 2)

    dialog = parties.connect(stack, alice, core)
    dialog.reoffer(alice)
    dialog.hang_up()
    [event] = told(stack, 3)
    events.has(event, leg="caller", mode="enforced", mechanism="sdes-srtp",
               suite=parties.SDES.suite, aor="alice@example.net", reason="",
               flow="udp:%s:%d" % alice.agent.transport.address,
               callid=dialog.invite.value("Call-ID"), state=None)

    alice.renew()
    dialog = parties.connect(stack, alice, carol)
    carol.agent.reply(dialog.invite, 200, body=dialog.last.bodies[2])
    check.status(alice.agent.answer(dialog.call.invite), 200)
    dialog.hang_up()
    caller, callee = told(stack, 5)[1:]
    events.has(caller, leg="caller", mechanism="sdes-srtp", aor="alice@example.net")
    events.has(callee, leg="callee", mode="enforced", mechanism="dtls-srtp",
               suite=None, aor="carol@example.net",
               flow="udp:%s:%d" % carol.agent.transport.address)

    parties.connect(stack, bob, core).hang_up()
    events.next_ones(stack, 5)

    offered = bob.agent.invite("200", alice.offer())
    taken = calls.take(bob.agent, core.agent, offered)
    core.agent.reply(taken, 183, body=core.answer(taken.body))
    check.status(offered.progress(183), 183)
    core.agent.reply(taken, 200)
    check.status(offered.final(), 200)
    offered.ack()
    event = told(stack, 6)[3]
    events.has(event, leg="caller", mode="secured", suite=parties.SDES.suite,
               aor="bob@example.net")
