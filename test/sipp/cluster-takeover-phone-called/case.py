from lib import calls, check, parties
from lib.cluster import Cluster as SERVERS


def run(cluster):
    alice = parties.registered(cluster, parties.SDES)
    bob = parties.registered(cluster, parties.PLAIN, "bob")
    cluster.same()
    cluster.a.die()
    cluster.serve(cluster.b)
    dialog = parties.connect(cluster, bob, alice)
    check.present(dialog.last.bodies[1], "RTP/SAVP", "^a=crypto")
    dialog.talk(packets=20)
    dialog.hang_up()
    check.absent(bob.agent.wire, "crypto", "inline")
