from lib import calls, check, elsewhere


def run(stack):
    elsewhere.as_it_stands(stack)
    core, alice, ear = stack.core(), stack.phone(), stack.phone()
    plain = stack.phone()
    check.status(alice.register(contact=f"<{ear.contact}>"), 200)
    for name in ("alice", "ALICE"):
        check.equal(elsewhere.offered(stack, core, name, ear), ["RTP/SAVP"], name)
    check.status(plain.register(client=(), tags=()), 200)
    check.equal(elsewhere.offered(stack, core, "alice", ear, plain),
                ["RTP/SAVP", "RTP/AVP"], "two phones")
    check.equal(stack.counters()["called_unknown"], 0, "unknown callees")

    check.status(plain.register(client=(), tags=(), expires=0), 200)
    again = stack.phone()
    check.status(again.register(client=(), tags=(), verify=(),
                                contact=f"<{ear.contact}>"), 200)
    for name in ("alice", "ALICE"):
        check.equal(elsewhere.offered(stack, core, name, ear), ["RTP/AVP"],
                    "switched off")
    calls.no_keys(core)
