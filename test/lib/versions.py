"""Agreements that another version of the module has written."""

from . import calls, check, sdp


def unknown_until_registered(stack, rewrite):
    """An agreement whose record becomes one of another version, by rewrite(): the
    sender is unknown, never plain by what he says, and agrees anew."""
    core, alice = stack.core(), calls.agreed(stack)
    plain = sdp.plain(stack.phone_ip)
    calls.refused(alice, 488, *alice.verify(), offer=plain)
    rewrite()
    check.that(all(one[0] == "v2" for one in stack.records()), "records")
    check.equal(stack.rpc("mediasec.list"), [], "bindings")
    before = stack.counters()
    calls.refused(alice, 494, "Security-Verify: sdes-srtp;mediasec")
    calls.refused(alice, 488, *alice.verify(), offer=plain)
    calls.hang_up(calls.answered(alice, core, *alice.verify()), alice, core)
    calls.no_keys(core)
    calls.hang_up(calls.answered(alice, core, offer=plain), alice, core)
    check.equal(stack.counters()["unknown"], before["unknown"] + 1, "counter unknown")
    check.status(alice.register(), 200)
    check.equal([one[0] for one in stack.records()], ["v1"], "records")
    calls.refused(alice, 488, *alice.verify(), offer=plain)
