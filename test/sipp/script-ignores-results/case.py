from lib import calls, check, sdp

KEY = sdp.key()


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    null = sdp.secure(stack.phone_ip, 40000, sdp.crypto(1, "NULL_HMAC_SHA1_80", KEY))
    good = sdp.secure(stack.phone_ip, 40000, sdp.crypto(inline=KEY))
    wrong = ["Security-Verify: wrong;mediasec"]
    for rows, offer, code in (
            (wrong, good, 494), ([], sdp.plain(stack.phone_ip), 494),
            (alice.verify(), sdp.plain(stack.phone_ip), 488),
            (alice.verify(), null, 488), (alice.verify(), "v=0 garbage", 400)):
        refuse(alice, core, code, rows, offer)
    stack.freeze_rtpengine()
    refuse(alice, core, 503, alice.verify(), good)
    stack.thaw_rtpengine()

    talk = calls.answered(alice, core, *alice.verify(), offer=good)
    check.equal(sdp.read(talk.answer.body)[0].proto, "RTP/SAVP", "answer")
    calls.no_keys(core)


def refuse(alice, core, code, rows, offer):
    call = alice.invite("200", offer, *rows)
    check.status(call.final(), code)
    for got in core.seen():
        core.reply(got, 200, body=sdp.plain("127.0.0.1"))
    core.inbox.clear()
    calls.no_keys(core)
    check.absent(core.wire, "^m=audio", KEY.replace("+", "[+]"))
    check.equal([one.start for one in alice.seen() if one.status >= 200], [],
                "what else the caller got")
