from lib import calls, check, elsewhere, events, sdp


def run(stack):
    core, alice, bob = stack.core(), calls.agreed(stack), stack.phone("bob")
    check.status(bob.register(client=(), tags=()), 200)
    check.equal(elsewhere.offered(stack, core, "alice", alice), ["RTP/SAVP"], "known")
    check.equal(elsewhere.offered(stack, core, "bob", bob), ["RTP/AVP"], "plain")
    plain = sdp.plain(stack.phone_ip)
    calls.hang_up(calls.answered(bob, core, offer=plain), bob, core)
    check.equal(stack.counters()["called_unknown"], 0, "unknown callees")

    stack.rpc("mediasec.drop", "alice@example.net")
    check.equal(elsewhere.offered(stack, core, "alice", alice), ["RTP/AVP"], "lost")
    check.equal(stack.counters()["called_unknown"], 1, "unknown callees")
    event = events.next_ones(stack, 2)[-1]
    events.has(event, event="downgrade", reason="called_unknown", state="unknown",
               aor="alice@example.net", leg="callee", mode="plain")
    check.that(event["flow"].startswith(f"udp:{alice.address}"), event)
    check.present(stack.log(), f"called_unknown: no binding .*dst=udp:{alice.address}")

    stack.defines["UNKNOWN_BINDING"] = "secure"
    stack.restart()
    check.status(bob.register(client=(), tags=()), 200)
    check.status(alice.register(), 200)
    stack.rpc("mediasec.drop", "alice@example.net")
    check.equal(elsewhere.offered(stack, core, "alice", alice), ["RTP/SAVP"], "secure")
    check.equal(elsewhere.offered(stack, core, "bob", bob), ["RTP/AVP"], "plain")
    check.equal(stack.counters()["called_unknown"], 0, "unknown callees")
