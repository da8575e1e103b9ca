from lib import calls, check, sdp


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    target = "sip:core@%s:%d" % core.transport.address
    for rows, body in ((["Security-Verify: wrong;mediasec"], sdp.secure("127.0.0.1")),
                       ([], sdp.plain("127.0.0.1"))):
        for route, codes in ((stack.access, range(400, 700)),
                             (f"{stack.access}:{stack.ports['access']}", [481])):
            call = alice.invite(target, body, f"Route: <sip:{route};lr>", *rows,
                                to=f"<{target}>;tag=forged")
            reply = call.reply or call.final()
            check.that(reply.status in codes, f"forged dialog: {reply.start}")
    core.seen()
    check.equal(core.wire, "", "what reached the core")
