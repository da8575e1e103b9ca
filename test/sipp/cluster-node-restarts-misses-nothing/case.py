from lib import calls, check, parties, sdp
from lib.cluster import Cluster as SERVERS


def run(cluster):
    alice = parties.registered(cluster, parties.SDES)
    cluster.b.restart()
    cluster.b.ready()
    carol = parties.registered(cluster, parties.SDES, "carol")
    cluster.same()
    cluster.a.restart()
    cluster.a.ready()
    check.equal(len(cluster.agreements()), 2, "agreements")
    for phone in (alice, carol):
        calls.refused(phone.agent, 488, *phone.rows(),
                      offer=phone.body(sdp.mline(phone.port)))
