from lib import calls, check, parties


def run(stack):
    bob = parties.registered(stack, parties.PLAIN, "bob")
    alice = parties.registered(stack, parties.SDES)
    call = parties.invite(stack, bob, bob.offer(), target="alice")
    alice.agent.reply(alice.agent.request("INVITE"), 488)
    alice.agent.request("ACK")
    check.status(call.final(), 488)
    check.equal([one.start for one in alice.agent.seen() if one.method == "INVITE"],
                [], "another INVITE")
    calls.no_sessions(stack)
