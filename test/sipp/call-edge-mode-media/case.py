from lib import calls, check, parties, registrar, sdp, sip
from lib.message import uri_of

DEFINES = {"REGISTRAR": "sip:{core}"}


def run(stack):
    core = parties.behind(stack)
    for user, kind in (("alice", parties.SDES), ("carol", parties.ACTIVE),
                       ("bob", parties.PLAIN)):
        with registrar.serving(core.agent):
            phone = parties.registered(stack, kind, user)
        known = core.agent.taken[-1]
        core.renew()
        offer = core.offer()
        call = sip.Call(core.agent, core.agent.build(
            "INVITE", uri_of(known.value("Contact")),
            *(f"Route: {path}" for path in known.values("Path")), body=offer))
        check.equal(talk(stack, core, phone, call, offer), kind.proto, "offer")
        phone.renew()
        offer = phone.offer()
        call = phone.agent.invite("200", offer, *phone.rows(), auth=False)
        check.equal(talk(stack, phone, core, call, offer), "RTP/AVP", "in the core")
    check.absent(core.agent.wire, "crypto", "inline", "fingerprint", "SAVP")
    calls.no_sessions(stack)


def talk(stack, caller, callee, call, offer):
    """A call with media. @return the profile that the callee was offered"""
    dialog = parties.answered(stack, caller, callee, call, offer)
    dialog.talk(packets=20)
    dialog.hang_up()
    return sdp.read(dialog.invite.body)[0].proto
