from lib import calls, check, ims, parties, sdp
from lib.proxy import Proxy

SERVERS = ims.Pcscf
DEFINES = {"FLOOD_LIMIT": "200", "PASSWORD_LIMIT": "5", "HIDING_KEY": "some secret",
           "ACCOUNTING": "1", "CALL_LIMIT_USER": "1", "SESSION_MIN": "90",
           "LOG_PREFIX": "1", "HEP": "sip:10.8.0.30:9060", "SERVICE_ROUTE": "1"}


def run(stack):
    core = stack.core()
    alice, bob = (parties.Party(stack, ims.registered(stack, core, user, host),
                                parties.SDES)
                  for user, host in (("alice", 10), ("bob", 11)))
    with Proxy(core, {}, {"bob": core.taken[-1]}):
        dialog = parties.connect(stack, alice, bob)
        check.equal(sdp.read(dialog.invite.body)[0].proto, "RTP/SAVP", "offered to bob")
        dialog.talk(packets=20)
        for by in (bob, alice):
            dialog.reoffer(by)
        for one in (alice, bob):
            check.that(one.key not in dialog.other(one).agent.wire, "a key of the other")
            one.agent.within()
        dialog.hang_up(bob)
    check.absent(core.wire, "crypto", "inline", "mediasec", "^Security-")
    calls.no_sessions(stack)
