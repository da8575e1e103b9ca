from lib import calls, check, policies, registrar, sdp

DEFINES = {"REGISTRAR": "sip:{core}"}
PLAIN = {"client": (), "tags": ()}


def run(stack):
    policies.use(stack, ("secure.test", "", "policy=required;mechanisms=sdes-srtp"),
                 ("plain.test", "", "policy=off"))
    core = stack.core()
    alice, bob, carol = (stack.phone(user, domain=domain) for user, domain in (
        ("alice", "secure.test"), ("bob", "plain.test"), ("carol", "other.test")))
    plain = sdp.plain(stack.phone_ip)
    with registrar.serving(core):
        check.status(alice.register(**PLAIN), 421)
        check.status(alice.register(), 200)
        check.equal(alice.list, ["sdes-srtp;mediasec"], "list of alice's domain")
        check.status(bob.register(tags=()), 200)
        check.equal(bob.list, [], "list of bob's domain")
        check.status(bob.register(), 420)
        check.status(bob.register(**PLAIN), 200)
        check.status(carol.register(), 200)
        check.equal(len(carol.list), 3, "list of the interface")
    check.equal(len(stack.agreements()), 2, "agreements")
    calls.refused(alice, 494, offer=plain, auth=False)
    talk = calls.answered(alice, core, *alice.verify(), auth=False)
    calls.hang_up(talk, alice, core)
    talk = calls.answered(bob, core, offer=plain, auth=False)
    calls.hang_up(talk, bob, core)
    calls.refused(carol, 494, offer=plain, auth=False)
