from lib import calls, check, ims

SERVERS = ims.Pcscf


def run(stack):
    core = stack.core()
    alice = ims.registered(stack, core)
    print(alice.challenge)
    print(alice.last)
    print(stack.policies(), alice.associations(stack))
    for one in core.taken: print(one)
    talk = calls.answered(alice, core, *alice.verify(), auth=False)
    print(talk.invite, talk.answer)
    calls.hang_up(talk, alice, core)
