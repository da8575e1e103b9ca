from lib import calls, check, parties, registrar, sdp, sip
from lib.cluster import Cluster as SERVERS
from lib.message import uri_of

DEFINES = {"REGISTRAR": "sip:{core}"}


def run(cluster):
    core = parties.behind(cluster)
    with registrar.serving(core.agent):
        alice = parties.registered(cluster, parties.SDES)
    known = core.agent.taken[-1]
    cluster.same()
    cluster.a.die()
    cluster.serve(cluster.b)

    offer = core.offer()
    call = sip.Call(core.agent, core.agent.build(
        "INVITE", uri_of(known.value("Contact")),
        *(f"Route: {path}" for path in known.values("Path")), body=offer))
    dialog = parties.answered(cluster, core, alice, call, offer)
    check.present(dialog.last.bodies[1], "RTP/SAVP", "^a=crypto")
    dialog.talk(packets=20)
    dialog.hang_up()

    calls.refused(alice.agent, 488, *alice.rows(), auth=False,
                  offer=alice.body(sdp.mline(alice.port)))
    alice.renew()
    offer = alice.offer()
    call = alice.agent.invite("200", offer, *alice.rows(), auth=False)
    dialog = parties.answered(cluster, alice, core, call, offer)
    dialog.talk(packets=20)
    dialog.hang_up()
    calls.no_keys(core.agent)
    calls.no_sessions(cluster.b)
