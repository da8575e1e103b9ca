from lib import calls, check, parties, policies


def run(stack):
    policies.use(stack, ("example.net", "", "policy=optional"))
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    bob = parties.registered(stack, parties.PLAIN, "bob")
    secured = parties.connect(stack, alice, core)
    plain = parties.connect(stack, bob, core)

    def go_on():
        for dialog, phone in ((secured, alice), (plain, bob)):
            for by in (phone, core):
                phone.renew()
                dialog.reoffer(by)
                dialog.talk(packets=20)

    go_on()
    for settings, changed, refused in (
            ("inbound=mandatory", bob, "offer_plain"),
            ("inbound=forbidden", alice, "offer_forbidden"),
            ("policy=off;inbound=forbidden;outbound=forbidden", alice,
             "offer_forbidden")):
        answer = policies.change(stack, ("example.net", "", settings))
        check.equal(answer, {"rules": 1, "members": 0}, "answer to the reload")
        calls.refused(changed.agent, 488, *changed.rows(), offer=changed.offer())
        check.that(stack.counters()[f"refused_{refused}"], refused)
        go_on()
    secured.hang_up(core)
    plain.hang_up()
    calls.no_keys(core.agent)
    calls.no_sessions(stack)
