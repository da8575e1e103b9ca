from lib import calls, parties
from lib.relay import Relay

RELAY = Relay()
DEFINES = {**RELAY.defines, "SECRET": "a secret that lasts"}


def run(stack):
    RELAY.lead_to(stack)
    bob = parties.registered(stack, parties.PLAIN, "bob")
    carol = parties.registered(stack, parties.SDES, "carol")
    busy, other = (parties.registered(stack, parties.SDES) for _ in range(2))
    dialogs = []
    for caller, each in ((bob, 1), (carol, 2)):
        RELAY.take()
        call = parties.invite(stack, caller, offer := caller.offer(), target="alice")
        busy.agent.reply(busy.agent.request("INVITE"), 486)
        busy.agent.request("ACK")
        dialogs.append(parties.answered(stack, caller, other, call, offer))
        parties.waited(lambda: RELAY.number("delete") == each, "a branch is left")
    stack.restart()
    for dialog in dialogs:
        dialog.talk(packets=30)
        dialog.hang_up()
    calls.no_sessions(stack)
