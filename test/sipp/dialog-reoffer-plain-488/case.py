from lib import calls, check, sdp


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    talk = calls.answered(alice, core, *alice.verify())
    sent = talk.call.begin("INVITE", *alice.verify(),
                           body=sdp.plain(stack.phone_ip))
    reply = alice.answer(sent)
    check.status(reply, 488)
    talk.call.acknowledge(sent, reply)
    check.equal([one.start for one in core.seen()], [], "what reached the core")
    calls.hang_up(talk, alice, core)
    calls.no_sessions(stack)
