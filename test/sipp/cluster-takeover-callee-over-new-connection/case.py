from lib import check, elsewhere
from lib.cluster import Cluster as SERVERS


def run(cluster):
    for node in (cluster.b, cluster.a):
        elsewhere.as_it_stands(node)
    for node in (cluster.a, cluster.b):
        node.ready()
        node.await_variable("peer", 1)
    core, alice = cluster.core(), cluster.phone(transport="tls")
    ear = elsewhere.listening(cluster.a, "tls")
    check.status(alice.register(contact=f"<{ear.contact}>"), 200)
    cluster.same()
    cluster.a.die()
    cluster.serve(cluster.b)
    for name in ("alice", "ALICE"):
        check.equal(elsewhere.offered(cluster, core, name, ear), ["RTP/SAVP"], name)
