from lib import calls, check, sdp


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    for number in range(1000):
        answer = stack.ng("offer", **{"call-id": f"full-{number}", "from-tag": "a",
                                      "sdp": sdp.plain(stack.phone_ip)})
        if answer["result"] != "ok":
            break
    check.present(answer["error-reason"], "ports")
    calls.refused(alice, 503, *alice.verify())
    check.equal(core.seen(), [], "what reached the core")
    check.present(stack.log("rtpengine"), "Error allocating media ports")
