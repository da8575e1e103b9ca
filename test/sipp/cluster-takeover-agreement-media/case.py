from lib import calls, check, parties
from lib.cluster import Cluster as SERVERS


def run(cluster):
    core, alice = parties.behind(cluster), parties.registered(cluster, parties.SDES)
    cells = cluster.same()
    check.that(any(key.startswith("b|udp:") for key in cells), f"no record: {cells}")
    cluster.serve(cluster.b)
    dialog = parties.connect(cluster, alice, core)
    dialog.talk(packets=20)
    dialog.hang_up()
    check.equal(len(cluster.b.agreements()), 1, "agreements at b")
