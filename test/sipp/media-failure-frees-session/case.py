from lib import calls, check, sdp


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    call = alice.invite("200", sdp.secure(stack.phone_ip), *alice.verify())
    core.reply(calls.take(alice, core, call), 486)
    check.status(call.final(), 486)
    calls.no_sessions(stack)
