from lib import calls, check, events, parties, sdp


def downgrades(stack, number):
    return [one for one in events.next_ones(stack, number)
            if one["event"] == "downgrade"]


def run(stack):
    core = parties.behind(stack)
    alice, carol = stack.phone(), stack.phone("carol")
    plain = sdp.plain(stack.phone_ip)
    calls.hang_up(calls.answered(carol, core.agent, offer=plain), carol, core.agent)
    events.has(downgrades(stack, 1)[-1], reason="unknown", state="unknown",
               aor="carol@example.net")

    check.status(alice.register(), 200)
    calls.hang_up(calls.answered(alice, core.agent), alice, core.agent)
    events.has(downgrades(stack, 4)[-1], reason="forgiven", verify="absent",
               state="agreed", aor="alice@example.net")

    talk = calls.answered(alice, core.agent, offer=plain, target="112")
    calls.hang_up(talk, alice, core.agent)
    events.has(downgrades(stack, 5)[-1], reason="emergency")

    bob = parties.registered(stack, parties.PLAIN, "bob")
    bob.kind, bob.key = parties.SDES, sdp.key()
    dialog = parties.connect(stack, bob, core)
    bob.kind = parties.PLAIN
    dialog.reoffer(bob)
    dialog.hang_up(core)
    event = downgrades(stack, 7)[-1]
    events.has(event, reason="reoffer_plain", dialog="1", leg="caller", mode="plain",
               callid=dialog.invite.value("Call-ID"))

    check.status(alice.register(client=(), tags=(), verify=()), 200)
    events.has(downgrades(stack, 8)[-1], reason="lost_capability",
               aor="alice@example.net", verify="absent", agreed="")
    counted = stack.counters()
    check.equal([counted[name] for name in (
        "unknown", "forgiven", "emergency", "reoffer_plain", "lost_capability")],
        [1] * 5, "counters")
