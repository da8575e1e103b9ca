from lib import calls, check, sdp


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    call = alice.invite("200", sdp.secure(stack.phone_ip), *alice.verify())
    invite = calls.take(alice, core, call)
    answer = sdp.plain("127.0.0.1", 50000)
    core.reply(invite, 183, body=answer)
    [early] = sdp.read(call.progress(183).body)
    for _ in range(2):  # as a 200 that is sent again
        core.reply(invite, 200, body=answer)
    for _ in range(2):
        [final] = sdp.read(call.final().body)
        check.equal((final.proto, final.port, final.cryptos),
                    ("RTP/SAVP", early.port, early.cryptos), "answer of the 200")
    call.ack()
    core.request("ACK")
    calls.no_keys(core)
