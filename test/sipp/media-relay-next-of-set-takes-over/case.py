from lib import calls, parties
from lib.relay import Relay

DEAD, ALIVE = Relay(), Relay()
DEFINES = {"RTPENGINE_SOCK": " ".join(
    one.defines["RTPENGINE_SOCK"] for one in (DEAD, ALIVE))}


def run(stack):
    ALIVE.lead_to(stack)
    DEAD.lose()
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    for _ in range(3):
        alice.renew()
        dialog = parties.connect(stack, alice, core)
        dialog.talk(packets=20)
        dialog.hang_up()
    calls.no_keys(core.agent)
