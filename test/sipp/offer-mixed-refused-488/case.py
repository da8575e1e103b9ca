from lib import calls, check, sdp

DEFINES = {"MIXED_OFFER": "refuse"}


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    reply = calls.refused(alice, 488, *alice.verify(), offer=sdp.body(
        stack.phone_ip, sdp.mline(40000, sdp.crypto(), proto="RTP/SAVP"),
        sdp.mline(40002, media="video", formats="99")))
    check.that("media security required" in reply.value("Warning"), "no Warning")
    core.seen()
    check.equal(core.wire, "", "what reached the core")
