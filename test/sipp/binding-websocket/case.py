from lib import calls, check, sdp

DEFINES = {"WEBSOCKET": "1"}
ANONYMOUS = {"sender": "<sip:anonymous@anonymous.invalid>;tag=x"}


def run(stack):
    core, bob = stack.core(), stack.phone("bob")
    check.status(bob.register(client=(), tags=()), 200)
    for transport in ("ws", "wss"):
        alice = stack.phone(transport=transport)
        check.status(alice.register(
            contact="<sip:alice@df7jal23ls0d.invalid;transport=ws>"), 200)
        [(_, flow, _)] = stack.agreements()
        check.present(flow, f"^{transport}:")
        calls.refused(alice, 494, offer=sdp.plain(stack.phone_ip), **ANONYMOUS)
        calls.hang_up(calls.answered(alice, core, *alice.verify(), **ANONYMOUS),
                      alice, core)
        call = bob.invite("alice", sdp.plain(stack.phone_ip))
        invite = alice.request("INVITE")
        check.equal(sdp.read(invite.body)[0].proto, "RTP/SAVP", "offer to alice")
        alice.reply(invite, 486)
        check.status(call.final(), 486)
        check.status(alice.register(
            contact="<sip:alice@df7jal23ls0d.invalid;transport=ws>", expires=0), 200)
    check.equal(stack.counters()["unknown"], 0, "requests of unknown senders")
