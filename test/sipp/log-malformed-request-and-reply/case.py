from lib import calls, check, parties, sdp


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    bad = alice.build("OPTIONS", f"sip:{stack.domain}", cseq="1")
    bad.headers = [(name, "1 REGISTER" if name == "CSeq" else value)
                   for name, value in bad.headers]
    alice.send(bad)
    alice.expect(lambda one: one.status == 400, "a 400")
    parties.waited(lambda: stack.log().count("malformed request from ") == 1,
                   "no line of the request")

    call = alice.invite("200", sdp.secure(stack.phone_ip, 40000), *alice.verify())
    invite = calls.take(alice, core, call)
    core.transport.send(b"SIP/2.0 200 OK\r\n" + b"".join(
        f"{name}: {invite.value(name)}\r\n".encode()
        for name in ("Via", "From", "To", "Call-ID")) + b"CSeq: 1 NOTIFY\r\n"
        b"Content-Length: 999\r\n\r\n")
    parties.waited(lambda: stack.log().count("malformed reply from ") == 1,
                   "no line of the reply")
    core.reply(invite, 486)
    check.status(call.final(), 486)
