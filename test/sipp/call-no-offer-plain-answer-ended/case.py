from lib import calls, check, sdp


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    call = alice.invite("200", None, *alice.verify())
    core.reply(calls.take(alice, core, call), 200, body=sdp.plain("127.0.0.1"))
    check.status(call.final(), 200)
    call.ack(body=sdp.plain(stack.phone_ip))
    check.absent(core.request("ACK").body, "m=audio [^0]")
    core.reply(core.request("BYE"), 200)
    alice.reply(alice.request("BYE"), 200)
    calls.no_sessions(stack)
