from lib import calls, check, parties, sdp


def bare(dialog, by):
    other = dialog.other(by)
    sent = dialog.send(by, "UPDATE", "Supported: timer", "Session-Expires: 1800")
    got = dialog.arrives(by, sent)
    check.equal(got.body, "", "body of the UPDATE")
    other.agent.reply(got, 200, "Session-Expires: 1800")
    check.status(by.agent.answer(sent), 200)


def late(dialog, by):
    other = dialog.other(by)
    sent = dialog.send(by, "INVITE", "Supported: timer", "Session-Expires: 1800")
    got = dialog.arrives(by, sent)
    offer = other.offer()
    other.agent.reply(got, 200, body=offer)
    reply = by.agent.answer(sent)
    check.status(reply, 200)
    answer = by.answer(reply.body)
    arrived = dialog.ack(by, sent, body=answer)
    dialog.last = parties.Exchange(other, by, offer, reply.body, answer, arrived.body)


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    for refresh in (bare, late):
        for by in (alice, core):
            refresh(dialog, by)
            dialog.talk(packets=20)
    for body in dialog.last.bodies[:2]:
        check.that(sdp.read(body)[0].port, "a stream was lost")
    calls.no_keys(core.agent)
    dialog.hang_up()
