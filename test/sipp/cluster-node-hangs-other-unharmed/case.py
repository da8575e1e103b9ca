from lib import calls, check, parties, sdp
from lib.cluster import Cluster as SERVERS


def run(cluster):
    a, b = cluster.a, cluster.b
    alice, core = parties.registered(cluster, parties.SDES), parties.behind(cluster)
    cluster.same()
    b.hang()
    carol = parties.registered(cluster, parties.SDES, "carol")
    dialog = parties.connect(cluster, carol, core)
    dialog.talk(packets=20)
    dialog.hang_up()
    a.await_variable("peer", 0)
    check.status(alice.agent.register(expires=0), 200)
    b.wake()
    a.await_variable("peer", 1)
    check.equal(cluster.agreements(), ["carol@example.net"], "agreements")
    b.ready()
    cluster.serve(b)
    calls.refused(carol.agent, 488, *carol.rows(),
                  offer=carol.body(sdp.mline(carol.port)))
