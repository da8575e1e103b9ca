from lib import policies


def run(stack):
    def fails(*needles, **defines):
        policies.no_start(stack, *needles, **defines)

    fails("contradictory settings", POLICY="required", INBOUND="forbidden")
    fails("contradictory settings", INBOUND="forbidden", OUTBOUND="forbidden")
    fails("contradictory settings", OUTBOUND="mandatory", MECHANISMS="msrp-tls")
    fails("inbound.*sometimes", INBOUND="sometimes")
    fails("contradictory settings.*domain=a", POLICY="required",
          RULE="domain=a;outbound=forbidden")
    fails("cannot be read.*domain=a;inbound=never", RULE="domain=a;inbound=never")
    fails("cannot be read.*inbound=mandatory", RULE="inbound=mandatory")
    fails("two rows for x@a", GROUP="g=x@a,y@a,X@a")
    fails("without AoR or group", GROUP="x@a")
    fails("no such database driver", POLICY_DB_URL="mysql://u:p@localhost/none")

    url = stack.defines["DB_URL"]
    policies.write(stack, ("a", "", "policy=required"), version=2)
    fails("mediasec_policy is not there in version 1", POLICY_DB_URL=url)
    policies.write(stack, ("a", "", "policy=required"), ("b", "", "polcy=off"))
    fails("cannot be read.*domain=b.*polcy=off", POLICY_DB_URL=url)
    policies.write(stack, ("a", "", "policy=required"))
    fails("two rows for a", POLICY_DB_URL=url, RULE="domain=a;policy=off")
    policies.use(stack, ("b", "", "policy=required"))
