from lib import calls, check

DEFINES = {"STORE": "usrloc"}
OLD, NEW = "msrp-tls,sdes-srtp,dtls-srtp", "sdes-srtp,dtls-srtp"


def run(stack):
    core, alice, bob = stack.core(), calls.agreed(stack), stack.phone("bob")
    mirror = [f"Security-Verify: {name};mediasec" for name in OLD.split(",")]
    stack.defines["MECHANISMS"] = NEW
    stack.crash()
    calls.hang_up(calls.answered(alice, core, *mirror), alice, core)
    calls.refused(bob, 494, *mirror)
    check.status(alice.register(
        verify=[f"{name};mediasec" for name in OLD.split(",") + NEW.split(",")]), 200)
    check.equal([record[6] for record in stack.records()], [NEW], "lists")
    calls.refused(alice, 494, *mirror)
    calls.hang_up(calls.answered(alice, core, *alice.verify()), alice, core)
