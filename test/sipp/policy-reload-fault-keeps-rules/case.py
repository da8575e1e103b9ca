from lib import check, policies

GOOD = ("example.net", "", "policy=required")


def run(stack):
    policies.use(stack, GOOD)
    in_force = stack.rpc("mediasec.policies")

    def stay():
        check.equal(stack.rpc("mediasec.policies"), in_force, "rules in force")
        reply = stack.phone().register(client=(), tags=())
        check.status(reply, 421)

    stay()
    for row, needle in (
            (("b.test", "", "inbound=never"), "domain=b.test.*inbound=never"),
            (("b.test", "g", ""), "group=g domain=b.test"),
            (("", "", "policy=off"), "policy=off"),
            (("b.test", "", "policy=required;inbound=forbidden"),
             "contradictory.*domain=b.test"),
            (("EXAMPLE.net", "", "policy=off"), "two rows for example.net")):
        policies.write(stack, GOOD, row)
        policies.refused(stack, needle)
        stay()
    policies.write(stack, members=[("a@b", "g"), ("A@b", "h")])
    policies.refused(stack, "two rows for a@b")
    policies.write(stack, members=[("a@b", "")])
    policies.refused(stack, "member.*a@b")
    policies.write(stack, version=2)
    policies.refused(stack, "mediasec_policy is not there in version 1")
    stay()
    gone = stack.run / "users.sqlite"
    gone.rename(f"{gone}.away")
    policies.refused(stack, "database|mediasec_policy")
    check.equal(stack.rpc("mediasec.policies"), in_force, "rules in force")
    gone.unlink(missing_ok=True)
    gone.with_suffix(".sqlite.away").rename(gone)
    policies.change(stack)
    check.equal(stack.rpc("mediasec.policies"), [], "rules in force")
    check.status(stack.phone().register(client=(), tags=()), 200)
