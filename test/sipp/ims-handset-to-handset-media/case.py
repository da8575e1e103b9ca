from lib import calls, check, ims, parties, sdp
from lib.proxy import Proxy

SERVERS = ims.Pcscf


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
