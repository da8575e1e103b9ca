from lib import calls, check, parties, sdp


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    dialog.talk(packets=20)
    for by in (alice, core):
        for mine, theirs in (("sendonly", "recvonly"), ("inactive", "inactive"),
                             ("sendrecv", "sendrecv")):
            offer = by.offer(f"a={mine}")
            other = dialog.other(by)
            sent = dialog.send(by, "INVITE", body=offer)
            got = dialog.arrives(by, sent)
            answer = other.answer(got.body, f"a={theirs}")
            other.agent.reply(got, 200, body=answer)
            reply = by.agent.answer(sent)
            check.status(reply, 200)
            dialog.ack(by, sent)
            [line] = sdp.read((reply if by is alice else got).body)
            check.equal(line.proto, "RTP/SAVP", f"profile while {mine}")
            check.that(line.cryptos, f"no a=crypto while {mine}")
            check.present(got.body, f"^a={mine}")
            check.present(reply.body, f"^a={theirs}")
            dialog.last = parties.Exchange(by, other, offer, got.body, answer,
                                           reply.body)
        dialog.talk(packets=20)
    calls.no_keys(core.agent)
    dialog.hang_up()
