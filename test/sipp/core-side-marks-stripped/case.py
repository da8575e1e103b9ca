from lib import calls, check, sdp

FOREIGN = ("Security-Client: a;mediasec", "Security-Verify: b;mediasec",
           "Security-Server: c;mediasec", "Require: mediasec, timer")


def run(stack):
    core, alice, bob = stack.core(), calls.agreed(stack), stack.phone("bob")
    check.status(bob.register(client=(), tags=()), 200)
    marked = sdp.plain("127.0.0.1", 50000, "a=3ge2ae:requested")
    for phone, proto in ((alice, "RTP/SAVP"), (bob, "RTP/AVP")):
        core.send(core.build("INVITE", phone.aor, *FOREIGN, "Proxy-Require: mediasec",
                             body=marked))
        invite = phone.request("INVITE")
        check.equal(sdp.read(invite.body)[0].proto, proto, "profile")
        check.absent(invite, "mediasec", "Security-", "3ge2ae:requested")
        check.rows(invite, "Require", ["timer"])
        phone.reply(invite, 486)

    call = alice.invite("200", sdp.secure(stack.phone_ip), *alice.verify())
    core.reply(calls.take(alice, core, call), 200, *FOREIGN, body=marked)
    reply = call.final()
    check.absent(reply, "mediasec", "Security-", "3ge2ae:requested")
    check.rows(reply, "Require", ["timer"])
