from lib import check, events, parties


def run(stack):
    alice = parties.registered(stack, parties.SDES)
    parties.registered(stack, parties.PLAIN, "bob")
    carol = stack.phone("carol")
    check.status(carol.register(password="wrong"), 401)
    check.status(alice.agent.register(expires=0), 200)
    check.status(alice.agent.register(client=["dtls-srtp;mediasec"], verify=()), 200)
    first, last = events.next_ones(stack, 2)
    flow = "udp:%s:%d" % alice.agent.transport.address
    events.has(first, event="agreed", aor="alice@example.net", flow=flow, reason="",
               callid=alice.agent.call_id, state="agreed", verify="right",
               agreed="sdes-srtp", dialog="0", leg=None, mode=None)
    events.has(last, event="agreed", verify="absent", agreed="dtls-srtp")
