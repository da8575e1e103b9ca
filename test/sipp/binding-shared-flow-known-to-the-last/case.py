from lib import calls, check

DEFINES = {"STORE": "htable"}


def run(stack):
    alice = calls.agreed(stack)
    [(_, flow, expires)] = stack.agreements()
    bob = stack.phone("bob")
    bob.transport.close()
    bob.transport = alice.transport
    check.status(bob.register(expires=60), 200)
    check.equal(stack.rpc("htable.get", "mediasec", f"b|{flow}")["item"]["value"],
                f"{expires}|*", "what is known of the flow")
    check.equal(sorted(aor for aor, _, _ in stack.agreements()),
                ["alice@example.net", "bob@example.net"], "agreements")
    check.status(bob.register(expires=0), 200)
    check.equal(len(stack.agreements()), 1, "agreements")
