from lib import calls, check, sdp


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    offer = sdp.body(stack.phone_ip,
                     sdp.mline(40000, sdp.crypto(), proto="RTP/SAVP"),
                     sdp.mline(40002, media="video", formats="99"))
    calls.refused(alice, 488, *alice.verify(), offer=offer)
    core.seen()
    check.equal(core.wire, "", "what reached the core")
    rejected = offer.replace("m=video 40002", "m=video 0")
    talk = calls.answered(
        alice, core, *alice.verify(), offer=rejected,
        answer=sdp.body("127.0.0.1", sdp.mline(50000),
                        sdp.mline(0, media="video", formats="99")))
    check.equal([one.port == 0 for one in sdp.read(talk.answer.body)],
                [False, True], "rejected streams of the answer")
