from lib import calls, check


def run(stack):
    core, alice = stack.core(), stack.phone()
    ip, port = alice.transport.address
    contact = f"<sip:alice@{ip}:{port};pn-prid={'x' * 400}>"
    check.status(alice.register(contact=contact), 200)
    check.equal(len(stack.agreements()), 1, "agreements")
    calls.refused(alice, 494, "Security-Verify: sdes-srtp;mediasec")
    calls.answered(alice, core, *alice.verify())
