from lib import calls, check, parties, sdp
from lib.cluster import Cluster as SERVERS


def run(cluster):
    parties.registered(cluster, parties.SDES, transport="tls")
    cluster.same()
    cluster.a.die()
    cluster.serve(cluster.b)
    alice = cluster.phone(transport="tls")
    calls.refused(alice, 494, offer=sdp.plain(cluster.phone_ip))
    check.status(alice.register(), 200)
    dialog = parties.connect(cluster, parties.Party(cluster, alice, parties.SDES),
                             parties.behind(cluster))
    dialog.talk(packets=20)
    dialog.hang_up()
