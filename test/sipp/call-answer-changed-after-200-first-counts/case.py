from lib import calls, check, parties, sdp


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    moved = core.body(core.line(port=core.port + 2))
    for body in (moved, "v=0\r\nbroken\r\n"):
        core.agent.reply(dialog.invite, 200, body=body)
        again = dialog.call.final()
        check.equal((again.status, again.body), (200, dialog.last.bodies[3]), "the 200")
        dialog.call.ack()
        core.agent.request("ACK")
    hidden = core.body(core.line(sdp.crypto(), proto="RTP/SAVP"))
    core.agent.reply(dialog.invite, 200, "Content-Type: text/plain", body=hidden)
    check.equal(dialog.call.final().body, "", "body of the 200")
    dialog.call.ack()
    core.agent.request("ACK")
    dialog.talk()
    dialog.hang_up()
    calls.no_sessions(stack)
