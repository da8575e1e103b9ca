from lib import calls, check, parties, sdp
from lib.cluster import Cluster as SERVERS


def run(cluster):
    core, alice = parties.behind(cluster), parties.registered(cluster, parties.SDES)
    cells = cluster.same()
    check.that(any(key.startswith("b|udp:") for key in cells), f"no record: {cells}")
    cluster.serve(cluster.b)
    calls.refused(alice.agent, 488, *alice.rows(),
                  offer=alice.body(sdp.mline(alice.port)))
    dialog = parties.connect(cluster, alice, core)
    dialog.talk(packets=20)
    dialog.hang_up()
    calls.no_sessions(cluster.b)
