from lib import calls, check, media, parties, sdp


def in_savp(*cryptos):
    return "RTP/SAVP", cryptos


# what is wrong -> profile and keys of the answer to this m-line
WRONG = {
    "plain profile": lambda line: ("RTP/AVP", ()),
    "plain profile with a key":
        lambda line: ("RTP/AVP", [sdp.crypto(*line.cryptos[0][:2])]),
    "no key": lambda line: in_savp(),
    "two keys":
        lambda line: in_savp(*(sdp.crypto(*one[:2]) for one in line.cryptos[:2])),
    "two keys of one tag":
        lambda line: in_savp(*[sdp.crypto(*line.cryptos[0][:2])] * 2),
    "unknown tag": lambda line: in_savp(sdp.crypto(99, line.cryptos[0][1])),
    "tag of another suite":
        lambda line: in_savp(sdp.crypto(line.cryptos[1][0], line.cryptos[0][1])),
    "suite that was not offered":
        lambda line: in_savp(sdp.crypto(line.cryptos[0][0], "AES_CM_128_HMAC_SHA1_32")),
    "NULL suite":
        lambda line: in_savp(sdp.crypto(line.cryptos[0][0], "NULL_HMAC_SHA1_80")),
    "short key": lambda line: in_savp(sdp.crypto(*line.cryptos[0][:2], "AAAA")),
    "our own key": lambda line: in_savp(sdp.crypto(*line.cryptos[0])),
}


def play(stack, bob, alice, wrong):
    offer = bob.offer()
    call = parties.invite(stack, bob, offer, target="alice")
    taken = alice.agent.request("INVITE")
    proto, cryptos = WRONG[wrong](sdp.read(taken.body)[0])
    answer = alice.body(sdp.mline(alice.port, *cryptos, proto=proto))
    alice.agent.reply(taken, 200, body=answer)
    check.that(call.final().status == 488, f"{wrong}: {call.reply.start}")
    check.equal(call.reply.body, "", f"{wrong}: body of the 488")
    alice.agent.request("ACK")
    alice.agent.reply(alice.agent.request("BYE"), 200)
    calls.no_sessions(stack)
    return (parties.in_clear(answer, taken.body, media.UP, media.DOWN),
            parties.in_clear(offer, taken.body, media.DOWN, media.UP))


def run(stack):
    alice = parties.registered(stack, parties.SDES)
    bob = parties.registered(stack, parties.PLAIN, "bob")
    for wrong in WRONG:
        ends = play(stack, bob, alice, wrong)
    media.talk(*ends, silent=True)
    check.absent(bob.agent.wire, "crypto", "inline")
