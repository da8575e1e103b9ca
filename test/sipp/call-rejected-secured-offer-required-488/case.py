from lib import calls, check, parties

DEFINES = {"RETRY_PLAIN": "1", "POLICY": "required"}


def run(stack):
    carol = parties.registered(stack, parties.SDES, "carol")
    alice = parties.registered(stack, parties.SDES)
    call = parties.invite(stack, carol, carol.offer(), target="alice")
    alice.agent.reply(alice.agent.request("INVITE"), 488)
    alice.agent.request("ACK")
    check.status(call.final(), 488)
    check.equal([one.start for one in alice.agent.seen() if one.method == "INVITE"],
                [], "another INVITE")
    calls.no_sessions(stack)
