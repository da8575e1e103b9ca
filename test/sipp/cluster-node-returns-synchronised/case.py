from lib import calls, check, parties, sdp
from lib.cluster import Cluster as SERVERS

DEFINES = {"CLUSTER_ALONE": "60"}


def run(cluster):
    alice, _, carol = (parties.registered(cluster, parties.SDES, user)
                       for user in ("alice", "bob", "carol"))
    cluster.a.die()
    cluster.serve(cluster.b)
    dave = parties.registered(cluster, parties.SDES, "carol")
    check.status(alice.agent.register(expires=0), 200)

    cluster.cut()
    cluster.a.come_back()
    cluster.serve(cluster.a)
    uri = f"sip:{cluster.domain}"
    early = carol.agent.send(carol.agent.build("OPTIONS", uri))
    impatient = cluster.phone(transport="tcp")
    reply = impatient.ask(impatient.build("OPTIONS", uri))
    check.status(reply, 503)
    check.present(reply, "^Retry-After: ")
    check.equal(carol.agent.seen(), [], "answers on UDP before it is synchronised")
    cluster.heal()
    cluster.a.ready()
    check.status(carol.agent.ask(early), 200)

    check.equal([aor.partition("@")[0] for aor in cluster.agreements()],
                ["bob", "carol", "carol"], "agreements")
    for phone in (carol, dave):
        calls.refused(phone.agent, 488, *phone.rows(),
                      offer=phone.body(sdp.mline(phone.port)))
