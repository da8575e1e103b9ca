from lib import calls, check, sdp


def run(stack):
    core, bob = stack.core(), stack.phone("bob")
    check.status(bob.register(client=(), tags=()), 200)
    talk = calls.answered(bob, core)
    calls.no_keys(core)
    [answer] = sdp.read(talk.answer.body)
    check.equal((answer.proto, len(answer.cryptos)), ("RTP/SAVP", 1), "answer")
    calls.hang_up(talk, bob, core)
