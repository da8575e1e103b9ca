from lib import calls, parties, sdp


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    for extra in ("|2^20", "|2^48", "|1048576", "|2^20 FEC_ORDER=FEC_SRTP", " WSH=64"):
        alice.renew()
        offer = alice.body(sdp.mline(
            alice.port, sdp.crypto(1, alice.kind.suite, alice.key, extra),
            proto="RTP/SAVP"))
        dialog = parties.connect(stack, alice, core, offer=offer)
        dialog.talk(packets=20)
        dialog.hang_up()
    calls.no_keys(core.agent)
