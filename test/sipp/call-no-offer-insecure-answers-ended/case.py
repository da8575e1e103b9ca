from lib import calls, check, media, parties, sdp


def line(party, crypto):
    return sdp.mline(party.port, crypto, proto="RTP/SAVP")


# what is wrong -> kind of phone, m-lines of its answer to this m-line
WRONG = {
    "the role of an offer":
        (parties.ACTIVE, lambda party, offered: [party.line(setup="actpass")]),
    "unknown tag":
        (parties.SDES, lambda party, offered: [party.line(tag=99)]),
    "tag of another suite":
        (parties.SDES, lambda party, offered: [
            line(party, sdp.crypto(offered.cryptos[1][0], offered.cryptos[0][1]))]),
    "our own key":
        (parties.SDES, lambda party, offered: [
            line(party, sdp.crypto(*offered.cryptos[0]))]),
    "a stream more":
        (parties.SDES, lambda party, offered: [
            line(party, sdp.crypto(*offered.cryptos[0][:2])), party.line()]),
}


def play(stack, phone, core, wrong, answer_to):
    call = parties.invite(stack, phone, None)
    taken = calls.take(phone.agent, core.agent, call)
    offer = core.offer()
    core.agent.reply(taken, 200, body=offer)
    check.status(call.final(), 200)
    answer = phone.body(*answer_to(phone, *sdp.read(call.reply.body)))
    call.ack(body=answer)
    check.equal(core.agent.request("ACK").body, "", f"{wrong}: body of the ACK")
    parties.ended(core, phone)
    calls.no_sessions(stack)
    return (parties.in_clear(answer, call.reply.body, media.UP, media.DOWN),
            parties.in_clear(offer, call.reply.body, media.DOWN, media.UP))


def run(stack):
    core = parties.behind(stack)
    phones = {kind: parties.registered(stack, kind, user)
              for user, kind in (("alice", parties.SDES), ("carol", parties.ACTIVE))}
    for wrong, (kind, answer_to) in WRONG.items():
        ends = play(stack, phones[kind], core, wrong, answer_to)
    media.talk(*ends, silent=True)
    check.equal(stack.counters()["refused_answer_insecure"], len(WRONG), "counter")
    check.absent(core.agent.wire, "crypto", "inline", "fingerprint", "SAVP")
