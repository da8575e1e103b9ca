from lib import calls, check, ims, parties, sdp

SERVERS = ims.Pcscf


def run(stack):
    core = parties.behind(stack)
    alice = parties.Party(stack, ims.registered(stack, core.agent), parties.SDES)
    alice.agent.transport.connect()
    calls.refused(alice.agent, 494, "Security-Verify: wrong;mediasec")
    calls.refused(alice.agent, 488, *alice.rows(), offer=sdp.plain(stack.phone_ip))
    core.agent.seen()
    check.equal([one.start for one in core.agent.inbox], [], "what reached the core")
    dialog = parties.connect(stack, alice, core)
    dialog.talk(packets=20)
    dialog.reoffer(core)
    dialog.reoffer(alice)
    dialog.hang_up(core)
    dialog = parties.connect(stack, alice, core)
    dialog.hang_up(alice)
    alice.agent.within()
    check.absent(core.agent.wire, "mediasec", "^Security-", "crypto", "SAVP")
