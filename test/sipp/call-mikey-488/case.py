from lib import calls, check, parties, sdp

MIKEY = "a=key-mgmt:mikey AQAFgM0XflABAAAAAAAAAAAAAAsAyONQ6gAAAAAGEEoo2pee4hp2"


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    calls.refused(alice.agent, 488, *alice.rows(), offer=alice.body(
        sdp.mline(alice.port, MIKEY, proto="RTP/SAVP")))
    check.equal(core.agent.seen(), [], "what reached the core")
    for session in ((), (MIKEY,)):
        alice.renew()
        offer = alice.body(alice.line(*([] if session else [MIKEY])), session=session)
        dialog = parties.connect(stack, alice, core, offer=offer)
        check.absent(core.agent.wire + dialog.call.reply.body, "mikey")
        dialog.talk(packets=20)
        dialog.hang_up()
    calls.no_keys(core.agent)
