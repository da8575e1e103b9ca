from lib import calls, check, parties, sdp


def dead(line):
    return sdp.mline(0, proto=line.proto, media="video", formats="99")


def play(stack, caller, callee, kind, live):
    """live: which of both m-lines lives."""
    mlines = [caller.line(), sdp.mline(0, proto=kind.proto, media="video", formats="99")]
    if live == 1:
        mlines.reverse()
    offer = caller.body(*mlines)
    call = parties.invite(stack, caller, offer, target=parties.number(callee))
    taken = calls.take(caller.agent, callee.agent, call)
    ports(taken.body, live)
    [chosen] = sdp.read(callee.answer(sdp.body(
        stack.core_ip, sdp.read(taken.body)[live].lines)))
    answer = [dead(line) for line in sdp.read(taken.body)]
    answer[live] = chosen.lines
    answer = callee.body(*answer)
    callee.agent.reply(taken, 200, body=answer)
    check.status(call.final(), 200)
    ports(call.reply.body, live)
    call.ack()
    callee.agent.request("ACK")
    dialog = parties.Dialog(stack, caller, callee, call, taken)
    dialog.last = parties.Exchange(caller, callee, offer, taken.body, answer,
                                   call.reply.body)
    dialog.talk(at=live, packets=20)
    dialog.hang_up()
    calls.no_sessions(stack)


def ports(body, live):
    check.equal([line.port > 0 for line in sdp.read(body)],
                [at == live for at in (0, 1)], "streams that live")


def run(stack):
    core = parties.behind(stack)
    for user, kind in (("alice", parties.SDES), ("carol", parties.ACTIVE),
                       ("bob", parties.PLAIN)):
        phone = parties.registered(stack, kind, user)
        for caller, callee in ((phone, core), (core, phone)):
            for live in (0, 1):
                play(stack, caller, callee, caller.kind, live)
    calls.no_keys(core.agent)
