from lib import calls, check, sdp

KEY = sdp.key()


def offers(ip):
    good, hidden = sdp.crypto(1), f"a=crypto:2 {sdp.SUITE} inline:{KEY}"
    savp = {"proto": "RTP/SAVP"}
    yield sdp.body(ip, sdp.mline(40000, hidden))
    yield sdp.body(ip, sdp.mline(40000, good, **savp), session=[hidden])
    yield sdp.body(ip, sdp.mline(40000, good, "a=tcap:1 RTP/SAVP",
                                 f"a=acap:1 crypto:1 {sdp.SUITE} inline:{KEY}",
                                 "a=pcfg:1 t=1 a=1", **savp))
    yield sdp.body(ip, sdp.mline(40000, "a=tcap:1 RTP/SAVP",
                                 f"a=acap:1 crypto:1 {sdp.SUITE} inline:{KEY}",
                                 "a=pcfg:1 t=1 a=1"))
    yield sdp.body(ip, sdp.mline(40000, good, **savp),
                   sdp.mline(0, hidden, media="video", **savp))
    yield sdp.body(ip, sdp.mline(40000, hidden.replace("a=c", "a=C"), **savp))
    yield sdp.body(ip, sdp.mline(40000, good, f"a=key-mgmt:mikey {KEY}", **savp))
    yield sdp.body(ip, sdp.mline(40000, good, **savp),
                   sdp.mline(40002, hidden, media="audio"))


def run(stack):
    core, alice, bob = stack.core(), calls.agreed(stack), stack.phone("bob")
    check.status(bob.register(client=(), tags=()), 200)
    for phone in (alice, bob):
        for offer in offers(stack.phone_ip):
            call = phone.invite("200", offer, *phone.verify())
            phone.expect(lambda one: one.status >= 100 and
                         one.value("CSeq") == call.invite.value("CSeq"), "a reply")
            phone.seen()
    core.seen()
    check.absent(core.wire, KEY.replace("+", "[+]"), "inline", "crypto", "acap")
