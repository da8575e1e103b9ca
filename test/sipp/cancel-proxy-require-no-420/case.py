from lib import calls, check, sdp

DEFINES = {"POLICY": "off"}


def run(stack):
    core, alice = stack.core(), stack.phone()
    check.status(alice.register(client=(), tags=()), 200)
    call = alice.invite("200", sdp.plain(stack.phone_ip))
    invite = calls.take(alice, core, call)
    core.reply(invite, 180)
    call.progress(180)
    check.status(call.cancel("Proxy-Require: mediasec"), 200)
    core.reply(core.request("CANCEL"), 200)
    core.reply(invite, 487)
    check.status(call.final(), 487)
