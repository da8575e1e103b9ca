from lib import check, sdp


def run(stack):
    core, stray = stack.core(), stack.phone("mallory")
    ip, port = core.transport.address
    call = stray.invite(
        f"sip:premium@{ip}:{port}", sdp.plain(stack.phone_ip),
        f"Route: <sip:{stack.access}:{stack.ports['access']};lr>",
        auth=False, to=f"<sip:premium@{ip}:{port}>;tag=forged")
    check.that(call.final().status >= 400, f"forged dialog: {call.reply.start}")
    core.seen()
    check.equal(core.wire, "", "what reached the core")
