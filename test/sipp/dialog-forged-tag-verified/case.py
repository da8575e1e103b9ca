from lib import calls, check, sdp


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    route = f"Route: <sip:{stack.access};lr>"
    inside = f"Route: <sip:{stack.access}:{stack.ports['access']};lr>"
    target = f"<sip:core@{core.transport.address[0]}:{core.transport.address[1]}>"
    for rows, body in ((["Security-Verify: wrong;mediasec"], sdp.secure("127.0.0.1")),
                       ([], sdp.plain("127.0.0.1"))):
        for row in (route, inside):
            call = alice.invite(target[1:-1], body, row, *rows, auth=False,
                                to=f"{target};tag=forged")
            code = call.final().status
            check.that(code >= 400, f"forged dialog: {call.reply.start}")
            if row is inside:
                check.equal(code, 494, "reply to a forged dialog")
    core.seen()
    check.equal(core.wire, "", "what reached the core")
