from lib import calls, check, sdp


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    bob = stack.phone("bob", "tls")
    check.status(bob.register(client=(), tags=()), 200)
    ip, port = bob.transport.address
    at = f"sip:bob@{ip}:{port};transport=tls"
    for contact in (f"{at};alias={ip}~{port}~3", f"{at};alias={ip}~{port}~3;x;alias=y"):
        call = alice.invite("200", sdp.secure(stack.phone_ip, 40000), *alice.verify(),
                            f"Contact: <{contact}>", contact=False)
        invite = calls.take(alice, core, call)
        core.reply(invite, 200, body=sdp.plain(core.transport.address[0], 50000))
        check.status(call.final(), 200)
        call.ack()
        core.request("ACK")
        asked = core.send(core.inside(invite, "INFO"))
        alice.reply(alice.request("INFO"), 200)
        check.status(core.answer(asked), 200)
        calls.hang_up(calls.Talk(call, invite, call.reply), alice, core)
    check.absent(bob.wire, "INFO")
