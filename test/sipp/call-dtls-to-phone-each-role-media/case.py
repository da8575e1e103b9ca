from lib import calls, check, media, parties, sdp


def run(stack):
    bob = parties.registered(stack, parties.PLAIN, "bob")
    for user, kind in (("alice", parties.ACTIVE), ("carol", parties.PASSIVE)):
        callee = parties.registered(stack, kind, user)
        dialog = parties.connect(stack, bob, callee)
        [offer] = sdp.read(dialog.invite.body)
        check.equal((offer.proto, media.attribute(offer, "setup"), offer.cryptos),
                    ("UDP/TLS/RTP/SAVP", "actpass", []), "offer")
        check.present(dialog.invite.body, "^a=fingerprint:sha-256 ")
        dialog.talk()
        check.present(dialog.invite.body, "^a=3ge2ae:applied")
        dialog.hang_up()
    check.absent(bob.agent.wire, "fingerprint", "setup:", "TLS")
    calls.no_sessions(stack)
