from lib import calls, check, sdp

INSTANCE = '+sip.instance="<urn:uuid:00000000-0000-1000-8000-000a95a0e128>"'


def run(stack):
    core, flows = stack.core(), [stack.phone(), stack.phone()]
    for number, (flow, client) in enumerate(zip(flows, ("sdes-srtp", "dtls-srtp")), 1):
        check.status(flow.register(
            "Supported: path, outbound", client=[f"{client};mediasec"],
            contact=f"<{flow.contact}>;reg-id={number};{INSTANCE}"), 200)
    check.equal(len(stack.agreements()), 2, "agreements")
    sdes, dtls = flows
    calls.hang_up(calls.answered(sdes, core, *sdes.verify()), sdes, core)
    calls.refused(dtls, 488, *dtls.verify())
    for flow in flows:
        calls.refused(flow, 494, offer=sdp.plain(stack.phone_ip))
