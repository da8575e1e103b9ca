from lib import calls, check


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    talk = calls.answered(alice, core, *alice.verify())
    check.equal(len(stack.sessions()), 1, "sessions")
    calls.hang_up(talk, alice, core)
    calls.no_sessions(stack)

    talk = calls.answered(alice, core, *alice.verify())
    core.send(core.inside(talk.invite, "BYE"), talk.invite.source)
    bye = alice.request("BYE")
    alice.reply(bye, 200)
    calls.no_sessions(stack)
