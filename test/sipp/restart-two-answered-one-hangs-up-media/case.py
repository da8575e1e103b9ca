from lib import calls, parties

DEFINES = {"SECRET": "of the cluster"}


def run(stack):
    bob = parties.registered(stack, parties.PLAIN, "bob")
    carol = parties.registered(stack, parties.SDES, "carol")
    phones = [parties.registered(stack, parties.SDES) for _ in range(3)]
    talks = [(caller, unwanted,
              parties.several_answer(stack, caller, phones[:2], phones[2:]))
             for caller, unwanted in ((bob, 0), (bob, 1), (carol, 0), (carol, 1))]
    stack.restart()
    for caller, unwanted, dialogs in talks:
        dialogs[unwanted].hang_up()
        kept = dialogs[1 - unwanted]
        if unwanted == 1:
            kept.reoffer(kept.callee)
        kept.talk(packets=30)
        kept.hang_up()
    calls.no_sessions(stack)
