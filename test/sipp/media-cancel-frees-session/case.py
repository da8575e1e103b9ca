from lib import calls, check, sdp


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    call = alice.invite("200", sdp.secure(stack.phone_ip), *alice.verify())
    invite = calls.take(alice, core, call)
    core.reply(invite, 180)
    call.progress(180)
    check.equal(len(stack.sessions()), 1, "sessions")
    check.status(call.cancel(), 200)
    core.reply(core.request("CANCEL"), 200)
    core.reply(invite, 487)
    check.status(call.final(), 487)
    calls.no_sessions(stack)
