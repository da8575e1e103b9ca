from lib import check


CODES = {"NOTIFY": 407, "BYE": 407, "SUBSCRIBE": 407, "MESSAGE": 407,
         "INVITE": 481, "PRACK": 481, "UPDATE": 481, "INFO": 481}


def unmarked(agent, stack, method, uri):
    return agent.send(agent.build(
        method, uri, f"Route: <sip:{stack.access}:{stack.ports['access']};lr>",
        "Event: check-sync;reboot=true", "Subscription-State: active",
        to=f"<{uri}>;tag=forged"))


def run(stack):
    core, alice = stack.core(), stack.phone("alice", "tls")
    check.status(alice.register(), 200)
    stranger = stack.phone("mallory")
    core_uri = "sip:admin@%s:%d" % core.transport.address
    phone_uri = "sip:alice@{0}:{1};alias={0}~{1}~3".format(*alice.transport.address)
    alice.seen()
    before = alice.wire
    for uri in (core_uri, phone_uri, "sip:x@h1.slow.example"):
        unmarked(stranger, stack, "ACK", uri)
        for method, code in CODES.items():
            sent = unmarked(stranger, stack, method, uri)
            check.status(stranger.answer(sent), code)

    for method in ("NOTIFY", "BYE"):
        sent = unmarked(alice, stack, method, core_uri)
        sent = alice.send(alice.authorize(sent, alice.answer(sent)))
        got = core.request(method)
        check.rows(got, "Route", [])
        core.reply(got, 200)
        check.status(alice.answer(sent), 200)
    check.absent(core.wire, "mallory")
    check.absent(alice.wire[len(before):], "mallory")
