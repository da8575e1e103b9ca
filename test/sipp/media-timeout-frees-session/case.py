from lib import calls, check, sdp


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    call = alice.invite("200", sdp.secure(stack.phone_ip), *alice.verify())
    calls.take(alice, core, call)
    check.status(call.final(timeout=15), 408)
    calls.no_sessions(stack)
