from lib import calls, check, parties, sdp
from lib.cluster import Cluster as SERVERS


def run(cluster):
    a, b = cluster.a, cluster.b
    alice, bob = (parties.registered(cluster, parties.SDES, user)
                  for user in ("alice", "bob"))
    cluster.same()

    apart(cluster)
    carol = parties.registered(cluster, parties.SDES, "carol")
    check.status(alice.agent.register(expires=0), 200)
    check.that(a.cells() != b.cells(), "the link was not cut")
    together(cluster)
    check.equal(cluster.agreements(), ["bob@example.net", "carol@example.net"],
                "agreements")
    b.ready()
    cluster.serve(b)
    calls.refused(carol.agent, 488, *carol.rows(),
                  offer=carol.body(sdp.mline(carol.port)))

    # both at work: each keeps what it has, and refreshes bring the rest
    cluster.serve(a)
    apart(cluster)
    check.status(bob.agent.register(), 200)
    cluster.serve(b)
    check.status(carol.agent.register(), 200)
    check.status(alice.agent.register(), 200)
    before = a.cells(), b.cells()
    together(cluster)
    check.equal((a.cells(), b.cells()), before, "tables of two nodes at work")
    cluster.serve(a)
    for phone in (alice, bob, carol):
        check.status(phone.agent.register(), 200)
    check.equal(len(cluster.same()), len(before[1]), "entries after a refresh")
    check.equal([node.log().count("worked alone") for node in (a, b)], [0, 1],
                "nodes that began anew")


def apart(cluster):
    cluster.cut()
    for node in (cluster.a, cluster.b):
        node.await_variable("peer", 0)


def together(cluster):
    cluster.heal()
    for node in (cluster.a, cluster.b):
        node.await_variable("peer", 1)
