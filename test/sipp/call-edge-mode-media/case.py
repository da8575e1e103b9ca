from lib import calls, check, parties, registrar, sdp

DEFINES = {"REGISTRAR": "sip:{core}"}
ELSEWHERE = "Route: <sip:192.0.2.1;lr>"


def run(stack):
    core = parties.behind(stack)
    for user, kind in (("alice", parties.SDES), ("carol", parties.ACTIVE),
                       ("bob", parties.PLAIN)):
        with registrar.serving(core.agent):
            phone = parties.registered(stack, kind, user, rows=[ELSEWHERE])
        check.rows(core.agent.taken[-1], "Route", [])
        core.renew()
        talk(parties.called(stack, core, phone), kind.proto)
        phone.renew()
        offer = phone.offer()
        call = phone.agent.invite("200", offer, *phone.rows(), auth=False)
        talk(parties.answered(stack, phone, core, call, offer), "RTP/AVP")
    check.absent(core.agent.wire, "crypto", "inline", "fingerprint", "SAVP")
    calls.no_sessions(stack)


def talk(dialog, proto):
    """A call with media, whose callee was offered this profile."""
    check.equal(sdp.read(dialog.invite.body)[0].proto, proto, "offer")
    dialog.talk(packets=20)
    dialog.hang_up()
