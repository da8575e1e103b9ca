from lib import calls, check, sdp


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    offer = sdp.secure(stack.phone_ip).replace("RTP/SAVP", "RTP/SAVPF")
    answer = sdp.plain("127.0.0.1").replace("RTP/AVP", "RTP/AVPF")
    talk = calls.answered(alice, core, *alice.verify(), offer=offer, answer=answer)
    check.equal(sdp.read(talk.invite.body)[0].proto, "RTP/AVPF", "profile in the core")
    check.equal(sdp.read(talk.answer.body)[0].proto, "RTP/SAVPF", "profile of the answer")
