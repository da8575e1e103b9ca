from lib import calls, check, sdp

WRONG = ("Security-Verify: wrong;mediasec", "Require: mediasec",
         "Proxy-Require: mediasec")


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    call = alice.invite("200", sdp.secure(stack.phone_ip), *alice.verify(),
                        "Supported: 100rel")
    invite = calls.take(alice, core, call)
    core.reply(invite, 183, "Require: 100rel", "RSeq: 1")
    early = call.progress(183)
    prack = call.inside("PRACK", f"RAck: 1 {call.cseq} INVITE", *WRONG, dialog=early)
    alice.send(prack)
    core.reply(core.request("PRACK"), 200)
    check.status(alice.answer(prack), 200)
    core.reply(invite, 200, body=sdp.plain("127.0.0.1"))
    check.status(call.final(), 200)
    call.ack(*WRONG)
    core.request("ACK")
    bye = call.bye(*WRONG)
    core.reply(core.request("BYE"), 200)
    check.status(alice.answer(bye), 200)

    call = alice.invite("200", sdp.secure(stack.phone_ip), *alice.verify())
    invite = calls.take(alice, core, call)
    core.reply(invite, 180)
    call.progress(180)
    check.status(call.cancel(*WRONG), 200)
    core.reply(core.request("CANCEL"), 200)
    core.reply(invite, 487)
    check.status(call.final(), 487)

    calls.no_keys(core)
    check.absent(alice.wire, "^SIP/2.0 494")
