from lib import check, events, media, parties

DEFINES = {"CERTIFICATE_CONTINUITY": "100"}


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.ACTIVE)
    count = 1

    def told(caller, callee, number):
        nonlocal count
        caller.renew()
        dialog = parties.connect(stack, caller, callee)
        dialog.talk(packets=30)
        dialog.hang_up()
        count += 1  # secured
        check.equal(stack.counters()["certificate_changed"], number, "counter")
        changed = [one for one in events.next_ones(stack, count + number)
                   if one["event"] == "certificate"]
        check.equal(len(changed), number, "events")
        for event in changed:
            events.has(event, reason="certificate_changed", aor="alice@example.net",
                       flow="udp:%s:%d" % alice.agent.transport.address)

    told(alice, core, 0)
    told(core, alice, 0)
    first = alice.certificate
    alice.certificate = media.Certificate(stack, "second")
    told(alice, core, 1)
    told(core, alice, 1)
    alice.certificate = first
    told(core, alice, 1)
    alice.certificate = media.Certificate(stack, "third", kind="rsa")
    told(core, alice, 2)
    check.present(stack.log(), "NOTICE.*certificate_changed.*aor=alice@example.net")

    stranger = parties.Party(stack, stack.phone(), parties.ACTIVE)
    stranger.agent.list = []
    dialog = parties.connect(stack, stranger, core)
    dialog.hang_up()
    check.equal(stack.counters()["certificate_changed"], 2, "counter")
