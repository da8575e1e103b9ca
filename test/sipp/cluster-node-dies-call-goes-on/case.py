from lib import calls, check, parties, sdp
from lib.cluster import Cluster as SERVERS


def run(cluster):
    core, alice = parties.behind(cluster), parties.registered(cluster, parties.SDES)
    dialog = parties.connect(cluster, alice, core)
    dialog.talk(packets=20)
    cluster.a.die()
    cluster.serve(cluster.b)
    sent = dialog.send(alice, "INVITE", body=alice.body(sdp.mline(alice.port)))
    reply = alice.agent.answer(sent)
    check.status(reply, 488)
    alice.agent.acknowledge(sent, reply)
    for by in (alice, core):
        by.renew()
        dialog.reoffer(by)
        dialog.talk(packets=20)
    calls.no_keys(core.agent)
    dialog.hang_up(core)
    calls.no_sessions(cluster.b)
