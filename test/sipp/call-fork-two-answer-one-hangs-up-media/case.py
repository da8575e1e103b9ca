from lib import calls, parties


def run(stack):
    bob = parties.registered(stack, parties.PLAIN, "bob")
    carol = parties.registered(stack, parties.SDES, "carol")
    phones = [parties.registered(stack, parties.SDES) for _ in range(2)]
    for caller, unwanted, by_caller in ((bob, 1, True), (bob, 0, False),
                                        (carol, 1, False), (carol, 0, True)):
        dialogs = parties.several_answer(stack, caller, phones)
        ended, kept = dialogs[unwanted], dialogs[1 - unwanted]
        ended.hang_up(by=caller if by_caller else ended.callee)
        kept.talk(packets=30)
        kept.hang_up()
        calls.no_sessions(stack)
