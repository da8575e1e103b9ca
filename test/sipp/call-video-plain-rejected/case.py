from lib import calls, check, sdp


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    for port in (40002, 0):
        offer = sdp.body(stack.phone_ip,
                         sdp.mline(40000, sdp.crypto(), proto="RTP/SAVP"),
                         sdp.mline(port, media="video", formats="99"))
        talk = calls.answered(
            alice, core, *alice.verify(), offer=offer,
            answer=sdp.body("127.0.0.1", sdp.mline(50000),
                            sdp.mline(0, media="video", formats="99")))
        for body in (talk.invite.body, talk.answer.body):
            check.equal([(one.name, one.port == 0) for one in sdp.read(body)],
                        [("audio", False), ("video", True)], "streams")
        calls.hang_up(talk, alice, core)
    calls.no_keys(core)
