from lib import calls, check, parties, sdp


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    for by in (alice, core):
        by.renew()
        reply = dialog.reoffer(by, method="UPDATE")
        at_phone = reply.body if by is alice else dialog.last.bodies[1]
        check.equal(sdp.read(at_phone)[0].proto, "RTP/SAVP", "profile at the phone")
        dialog.talk(packets=30)
    calls.no_keys(core.agent)
    dialog.hang_up()
    calls.no_sessions(stack)
