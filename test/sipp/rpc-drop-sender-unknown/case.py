from lib import calls, check

DEFINES = {"UNKNOWN_BINDING": "refuse"}


def is_known(phone, core):
    """A call without Security-Verify: an agreed phone is forgiven."""
    if not phone.known:
        calls.refused(phone, 494)
        return
    calls.hang_up(calls.answered(phone, core), phone, core)


def look(stack, core, *phones):
    before = stack.counters()["refused_unknown_binding"]
    for phone in phones:
        is_known(phone, core)
    check.equal(stack.counters()["refused_unknown_binding"] - before,
                sum(not phone.known for phone in phones), "refusals")


def run(stack):
    core = stack.core()
    bob, first, second = (calls.agreed(stack, user) for user in
                          ("bob", "alice", "alice"))
    for phone in (bob, first, second):
        phone.known = True
    look(stack, core, bob, first, second)

    aor = "alice@example.net"
    check.equal(stack.rpc("mediasec.drop", aor, "sip:nobody@192.0.2.9"),
                {"dropped": 0}, "with an unknown Contact")
    check.equal(stack.rpc("mediasec.drop", aor, second.contact), {"dropped": 1},
                "with a Contact")
    check.equal([one["contact"] for one in stack.rpc("mediasec.show", aor)],
                [first.contact], "bindings of alice")
    check.equal(stack.rpc("mediasec.drop", f"sip:{aor}"), {"dropped": 1}, "the rest")
    first.known = second.known = False
    look(stack, core, bob, first, second)
    check.equal(stack.rpc("mediasec.drop", aor), {"dropped": 0}, "once more")
    check.equal(len(stack.rpc("mediasec.list")), 1, "bindings")

    check.status(first.register(), 200)
    first.known = True
    look(stack, core, first)
    check.present(stack.kamcmd("mediasec.drop", aor), "dropped: 1")
    first.known = False
    look(stack, core, first)
    check.equal(stack.fault("mediasec.drop"), 400, "no parameter")
