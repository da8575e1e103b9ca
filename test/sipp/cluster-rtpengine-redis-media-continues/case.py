from lib import calls, parties
from lib.cluster import Redundant as SERVERS


def run(cluster):
    core, alice = parties.behind(cluster), parties.registered(cluster, parties.SDES)
    dialog = parties.connect(cluster, alice, core)
    dialog.talk(packets=20)
    parties.waited(cluster.b.sessions, "the other rtpengine does not know the call")
    cluster.a.die()
    cluster.serve(cluster.b)
    dialog.talk(packets=20)  # the same ports and keys, and nobody said a word
    for by in (alice, core):
        by.renew()
        dialog.reoffer(by)
        dialog.talk(packets=20)
    dialog.hang_up()
    calls.no_keys(core.agent)
    calls.no_sessions(cluster.b)
