from lib import calls, check, media, parties, sdp

ROLES = {"actpass": "passive", "active": "passive", "passive": "active"}


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.ACTIVE)
    for offered, answered in ROLES.items():
        alice.renew()
        dialog = parties.connect(stack, alice, core, offer=alice.offer(setup=offered))
        check.equal(sdp.read(dialog.invite.body)[0].proto, "RTP/AVP", "in the core")
        [got] = sdp.read(dialog.call.reply.body)
        check.equal((got.proto, media.attribute(got, "setup")),
                    ("UDP/TLS/RTP/SAVP", answered), f"answer to {offered}")
        check.present(dialog.call.reply.body, "^a=fingerprint:sha-256 ")
        dialog.talk()
        dialog.hang_up()
    check.absent(core.agent.wire, "fingerprint", "setup:", "tls-id", "TLS")
    calls.no_sessions(stack)
