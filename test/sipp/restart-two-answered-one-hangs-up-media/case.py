from lib import calls, parties
from lib.relay import Relay

RELAY = Relay()
DEFINES = {**RELAY.defines, "SECRET": "of the cluster"}


def run(stack):
    RELAY.lead_to(stack)
    bob = parties.registered(stack, parties.PLAIN, "bob")
    carol = parties.registered(stack, parties.SDES, "carol")
    phones = [parties.registered(stack, parties.SDES) for _ in range(3)]
    talks = [(caller, unwanted,
              parties.several_answer(stack, caller, phones[:2], phones[2:]))
             for caller, unwanted in ((bob, 0), (bob, 1), (carol, 0), (carol, 1))]
    # of each call and each phone, twice between secured ones; and the cancelled ones
    RELAY.counted("the calls", offer=18, answer=12, delete=6)
    stack.restart()
    for caller, unwanted, dialogs in talks:
        dialogs[unwanted].hang_up()
        kept = dialogs[1 - unwanted]
        if unwanted == 1:
            kept.reoffer(kept.callee)
        kept.talk(packets=30)
        kept.hang_up()
    calls.no_sessions(stack)
