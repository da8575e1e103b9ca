from lib import check

DEFINES = {"CHILDREN": "1"}  # one after the other


def run(stack):
    core, alice = stack.core(), stack.phone("alice", "tls")
    check.status(alice.register(), 200)
    stranger = stack.phone("mallory")
    sbc = f"{stack.access}:{stack.ports['access']}"
    for via in ("UDP %s:%d" % core.transport.address,
                "TLS %s:%d" % alice.transport.address, "UDP h1.slow.example"):
        stranger.transport.send("\r\n".join((
            "SIP/2.0 200 OK", f"Via: SIP/2.0/UDP {sbc};branch=z9hG4bKx.0",
            f"Via: SIP/2.0/{via};branch=z9hG4bKy", "From: <sip:a@example.net>;tag=1",
            "To: <sip:b@example.net>;tag=2", "Call-ID: stray", "CSeq: 1 INVITE",
            "Contact: <sip:b@example.net>", "Content-Length: 0", "", "")).encode())
    options = stranger.send(stranger.build("OPTIONS", f"sip:{stack.domain}"))
    check.status(stranger.answer(options), 200)
    check.status(alice.register(), 200)     # after whatever came to her
    core.seen()
    check.absent(core.wire + alice.wire, "stray")
