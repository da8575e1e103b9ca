from lib import calls, check, sdp


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    call = alice.invite("200", sdp.secure(stack.phone_ip), *alice.verify())
    invite = calls.take(alice, core, call)
    stack.stop_rtpengine()
    stack.start_rtpengine()
    core.reply(invite, 200, body=sdp.plain("127.0.0.1"))
    reply = call.final()
    check.that(reply.status >= 400, f"the caller got {reply.start}")
    core.request("ACK")
    core.reply(core.request("BYE"), 200)
