from lib import calls, parties, sdp
from lib.stack import Stack


class SERVERS(Stack):
    """Without the module."""

    def _dump(self):
        pass


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    dialog.talk()
    dialog.hang_up()
    dialog = parties.connect(stack, core, alice)
    dialog.talk()
    dialog.hang_up()
    calls.hang_up(calls.answered(alice.agent, core.agent, offer=sdp.plain(alice.ip)),
                  alice.agent, core.agent)
