from lib import calls, check, sdp


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    talk = calls.answered(alice, core, *alice.verify())
    core.send(core.inside(talk.invite, "INVITE", body=sdp.plain("127.0.0.1", 50002)),
              talk.invite.source)
    invite = alice.request("INVITE")
    [offer] = sdp.read(invite.body)
    check.equal(offer.proto, "RTP/SAVP", "profile of the offer to the phone")
    check.that(offer.cryptos, "an offer without keys")
    tag, suite, _ = offer.cryptos[0]
    alice.reply(invite, 200,
                body=sdp.secure(stack.phone_ip, 40000, sdp.crypto(tag, suite)))
    reply = core.expect(lambda one: one.status == 200, "a 200")
    check.equal(sdp.read(reply.body)[0].proto, "RTP/AVP", "profile in the core")
    calls.no_keys(core)
