from lib import calls, check, parties


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    offer = alice.offer()
    call = parties.invite(stack, alice, offer)
    core.agent.reply(calls.take(alice.agent, core.agent, call), 302,
                     "Contact: <sip:201@example.net>")
    check.status(call.final(), 302)
    check.equal(call.reply.body, "", "body of the 302")
    core.agent.request("ACK")
    calls.no_sessions(stack)
    dialog = parties.connect(stack, alice, core, offer=offer)
    dialog.talk()
    dialog.hang_up()
    calls.no_sessions(stack)
