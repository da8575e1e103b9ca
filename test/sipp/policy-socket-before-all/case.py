from lib import check, policies

PLAIN = {"client": (), "tags": ()}


def run(stack):
    udp = f"udp:{stack.access}:{stack.ports['access']}"
    domain = (("example.net", "", "policy=required"),
              ("example.net", "", "policy=optional", udp))
    group = ("", "vip", "policy=required")

    def registers(transport, user, wanted):
        phone = stack.phone(user, transport)
        check.status(phone.register(**PLAIN), wanted)

    policies.use(stack, *domain)
    registers("udp", "alice", 200)
    registers("tcp", "alice", 421)
    policies.change(stack, *domain, group, members=[("alice@example.net", "vip")])
    registers("udp", "alice", 421)
    registers("udp", "bob", 200)
    registers("tcp", "bob", 421)
    rules = [(row["group"], row["domain"], row["interface"], row["members"],
              row["settings"]) for row in stack.rpc("mediasec.policies")]
    check.equal(rules, [("", "example.net", "", 0, "policy=required"),
                        ("", "example.net", udp, 0, "policy=optional"),
                        ("vip", "", "", 1, "policy=required")], "mediasec.policies")
    check.equal(stack.rpc("mediasec.policies", 2)[0]["group"], "vip", "the last one")
