from lib import calls, check, parties

DEFINES = {"SECRET": "a secret that lasts"}


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    call = parties.invite(stack, alice, None)
    taken = calls.take(alice.agent, core.agent, call)
    core.agent.reply(taken, 200, body=core.offer())
    check.status(call.final(), 200)
    stack.restart()
    call.ack(body=alice.answer(call.reply.body))
    check.equal(core.agent.request("ACK").body, "", "body of the ACK")
    parties.ended(core, alice)
    calls.no_sessions(stack)
    calls.no_keys(core.agent)
