from lib import calls, check

ANONYMOUS = {"sender": '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=x'}


def run(stack):
    core, alice = stack.core(), stack.phone()
    ip, port = alice.transport.address
    check.status(alice.register(contact=f"<sip:alice@{ip}:{port};line=etgukft>"), 200)
    calls.refused(alice, 494, "Security-Verify: wrong;mediasec", **ANONYMOUS)
    calls.answered(alice, core, *alice.verify(), **ANONYMOUS)
    calls.no_keys(core)
    check.equal(stack.counters()["unknown"], 0, "requests of unknown senders")
