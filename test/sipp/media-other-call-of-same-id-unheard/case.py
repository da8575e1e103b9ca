from lib import calls, check, parties, sdp


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    bob = parties.registered(stack, parties.SDES, "bob")
    dialog = parties.connect(stack, alice, core)
    invite = dialog.call.invite
    known = {"call_id": invite.value("Call-ID"),
             "sender": f"<{bob.agent.aor}>;tag={invite.tag('From')}"}

    call = bob.agent.invite("201", bob.offer(), *bob.rows(), **known)
    taken = calls.take(bob.agent, core.agent, call)
    core.agent.reply(taken, 183, body=core.answer(taken.body))
    call.progress(183)
    dialog.talk(packets=30)
    core.agent.reply(taken, 486)
    check.status(call.final(), 486)
    dialog.talk(packets=30)

    stranger = stack.phone("mallory")
    stranger.send(stranger.build(
        "PRACK", "sip:200@%s:%d" % core.agent.transport.address, "RAck: 1 1 INVITE",
        f"Route: <sip:{stack.access}:{stack.ports['access']};lr>",
        to="<sip:200@example.net>;tag=other", body=sdp.plain(stack.phone_ip),
        call_id=known["call_id"], sender=invite.value("From")))
    stranger.receive(1)
    dialog.talk(packets=30)
    dialog.hang_up()
    calls.no_sessions(stack)
