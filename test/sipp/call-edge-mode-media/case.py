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
    taken = calls.take(caller.agent, callee.agent, call)
    answer = callee.answer(taken.body)
    callee.agent.reply(taken, 200, body=answer)
    check.status(call.final(), 200)
    call.ack()
    callee.agent.request("ACK")
    dialog = parties.Dialog(stack, caller, callee, call, taken)
    dialog.last = parties.Exchange(caller, callee, offer, taken.body, answer,
                                   call.reply.body)
    dialog.talk(packets=20)
    dialog.hang_up()
    return sdp.read(taken.body)[0].proto
