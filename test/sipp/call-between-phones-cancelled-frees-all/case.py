from lib import calls, check, parties


def run(stack):
    alice = parties.registered(stack, parties.SDES)
    carol = parties.registered(stack, parties.ACTIVE, "carol")
    for cancels in (True, False):
        call = parties.invite(stack, alice, alice.offer(), target="carol")
        taken = calls.take(alice.agent, carol.agent, call)
        carol.agent.reply(taken, 183, body=carol.answer(taken.body))
        call.progress(183)
        check.equal(len(stack.sessions()), 2, "rtpengine calls")
        if cancels:
            call.cancel()
            parties.cancelled(carol.agent, taken)
            check.status(call.final(), 487)
        else:
            carol.agent.reply(taken, 486)
            check.status(call.final(), 486)
            carol.agent.request("ACK")
        calls.no_sessions(stack)
