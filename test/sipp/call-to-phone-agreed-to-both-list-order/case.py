from lib import check, media, parties, sdp, sip

DEFINES = {"MECHANISMS": "dtls-srtp,sdes-srtp"}


def run(stack):
    core, phone = parties.behind(stack), stack.phone()
    check.status(phone.register(client=("sdes-srtp;mediasec", "dtls-srtp;mediasec"),
                                tags=sip.TAGS), 200)
    alice = parties.Party(stack, phone, parties.ACTIVE)
    dialog = parties.connect(stack, core, alice)
    check.equal(sdp.read(dialog.invite.body)[0].proto, "UDP/TLS/RTP/SAVP", "offer")
    check.absent(dialog.invite.body, "crypto")
    dialog.talk()
    dialog.hang_up()
    for kind in (parties.SDES, parties.ACTIVE):
        caller = parties.Party(stack, phone, kind,
                               media.Certificate(stack, "x") if kind.setup else None)
        dialog = parties.connect(stack, caller, core)
        dialog.talk()
        dialog.hang_up()
