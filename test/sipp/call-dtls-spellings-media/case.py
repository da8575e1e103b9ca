from lib import check, parties, sdp


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.ACTIVE)
    role, good = alice.certificate.attributes("actpass")
    name, octets = good.split(":", 1)[1].split(" ")
    weak = "a=fingerprint:sha-1 " + ":".join(["AB"] * 20)
    for what, proto, lines in (
            ("upper case hash", "UDP/TLS/RTP/SAVP",
             [f"a=fingerprint:{name.upper()} {octets}"]),
            ("lower case octets", "UDP/TLS/RTP/SAVP",
             [f"a=fingerprint:{name} {octets.lower()}"]),
            ("SHA-1 first", "UDP/TLS/RTP/SAVP", [weak, good]),
            ("SHA-1 last", "UDP/TLS/RTP/SAVP", [good, weak]),
            ("RTP/SAVP", "RTP/SAVP", [good]), ("RTP/SAVPF", "RTP/SAVPF", [good]),
            ("UDP/TLS/RTP/SAVPF", "UDP/TLS/RTP/SAVPF", [good])):
        alice.renew()
        try:
            dialog = parties.connect(stack, alice, core, offer=alice.body(
                sdp.mline(alice.port, role, *lines, proto=proto)))
            check.equal(sdp.read(dialog.call.reply.body)[0].proto, proto, "answer")
            check.equal(sdp.read(dialog.invite.body)[0].proto,
                        "RTP/AVPF" if proto.endswith("F") else "RTP/AVP", "in the core")
            dialog.talk(packets=20)
        except check.Failed as reason:
            raise check.Failed(f"{what}: {reason}") from None
        dialog.hang_up()
    check.absent(core.agent.wire, "fingerprint", "setup:", "TLS")
