from lib import calls, check, events, policies

DEFINES = {"MECHANISMS": "dtls-srtp,sdes-srtp"}


def run(stack):
    policies.use(stack, ("example.net", "", "mechanisms=sdes-srtp,dtls-srtp"))
    alice = stack.phone()
    check.status(alice.register(client=("sdes-srtp;mediasec", "dtls-srtp;mediasec")),
                 200)
    check.equal(alice.list, ["sdes-srtp;mediasec", "dtls-srtp;mediasec"],
                "list of the domain")
    calls.refused(alice, 494, "Security-Verify: dtls-srtp;mediasec")
    for seen, event in zip(events.next_ones(stack, 2), ("agreed", "rejected")):
        events.has(seen, event=event, agreed="sdes-srtp")
