from lib import check, media, parties, sdp


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.ACTIVE)
    dialog = parties.connect(stack, alice, core, offer=alice.offer(setup="actpass"))
    [first] = sdp.read(dialog.call.reply.body)
    for by in (alice, core):
        for direction in ("inactive", "sendrecv"):
            fields = {"setup": "actpass"} if by is alice else {}
            reply = dialog.reoffer(by, offer=by.offer(f"a={direction}", **fields))
            [line] = sdp.read(reply.body if by is alice else dialog.last.bodies[1])
            check.equal((line.proto, media.attribute(line, "fingerprint")),
                        (first.proto, media.attribute(first, "fingerprint")),
                        f"{direction} at the phone")
            if by is alice:
                check.equal(media.attribute(line, "setup"), "passive", "role")
    dialog.talk()
    check.absent(core.agent.wire, "fingerprint", "setup:", "TLS")
    dialog.hang_up()
