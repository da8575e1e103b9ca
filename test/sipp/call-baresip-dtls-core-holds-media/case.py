from lib import baresip, check, media, parties, sdp


def reoffered(core, invite, direction):
    """The core offers once more within its dialog, and acknowledges the answer."""
    offer = core.offer(direction)
    sent = core.agent.send(core.agent.inside(invite, "INVITE", body=offer))
    reply = core.agent.answer(sent)
    check.status(reply, 200)
    core.agent.send(core.agent.inside(
        invite, "ACK", cseq=sent.value("CSeq").split()[0]))
    return offer, reply


def run(stack):
    core = parties.behind(stack)
    with baresip.Baresip(stack, "alice", "dtls_srtp", media.UP) as alice:
        alice.said("200 OK")
        alice.command("dial", f"sip:200@{stack.domain}")
        invite = core.agent.request("INVITE")
        media.talk_alone(baresip.answer(core, invite))
        for direction in ("a=inactive", "a=sendrecv"):
            offer, reply = reoffered(core, invite, direction)
        media.talk_alone(media.End(sdp.read(offer)[0], sdp.read(reply.body)[0],
                                   media.DOWN, media.UP))
        alice.command("hangup")
        core.agent.reply(core.agent.request("BYE"), 200)
        alice.said("terminated")
        check.that(alice.heard(media.DOWN), "baresip did not hear the core")
