from lib import calls, check, media, parties, sdp


def run(stack):
    alice = parties.registered(stack, parties.ACTIVE)
    bob = parties.registered(stack, parties.PLAIN, "bob")
    setup, fingerprint = alice.certificate.attributes("active")
    weak = media.Certificate(stack, "weak", digest="sha-1").attributes("active")
    tls = "UDP/TLS/RTP/SAVP"
    for wrong, proto, attributes in (
            ("plain profile", "RTP/AVP", []),
            ("plain profile with a fingerprint", "RTP/AVP", [setup, fingerprint]),
            ("nothing", tls, []),
            ("no fingerprint", tls, [setup]),
            ("no role", tls, [fingerprint]),
            ("the role of an offer", tls, ["a=setup:actpass", fingerprint]),
            ("SHA-1", tls, weak),
            ("another hash", tls, [setup, "a=fingerprint:sha3-256 00:11"]),
            ("a key", tls, [sdp.crypto()]),
            ("SDES", "RTP/SAVP", [sdp.crypto()])):
        call = parties.invite(stack, bob, bob.offer(), target="alice")
        taken = alice.agent.request("INVITE")
        alice.agent.reply(taken, 200, body=alice.body(
            sdp.mline(alice.port, *attributes, proto=proto)))
        check.that(call.final().status == 488, f"{wrong}: {call.reply.start}")
        check.equal(call.reply.body, "", f"{wrong}: body of the 488")
        alice.agent.request("ACK")
        alice.agent.reply(alice.agent.request("BYE"), 200)
        calls.no_sessions(stack)
    check.absent(bob.agent.wire, "crypto", "fingerprint", "TLS")
