from lib import calls, check, parties, sdp


def run(stack):
    core = parties.Party(stack, stack.core(), parties.SDES)
    for user, kind in (("alice", parties.SDES), ("bob", parties.PLAIN),
                       ("carol", parties.ACTIVE)):
        phone = parties.registered(stack, kind, user)
        core.renew()
        call = parties.invite(stack, core, offer := core.offer(), target=user)
        taken = calls.take(core.agent, phone.agent, call)
        check.equal(sdp.read(taken.body)[0].proto, kind.proto, f"offer to {user}")
        answer = phone.answer(taken.body)
        phone.agent.reply(taken, 200, body=answer)
        check.status(call.final(), 200)
        call.ack()
        phone.agent.request("ACK")
        check.that(core.key not in phone.agent.wire, "the core's key at the phone")
        check.that(not phone.key or phone.key not in core.agent.wire,
                   "the phone's key in the core")
        dialog = parties.Dialog(stack, core, phone, call, taken)
        dialog.last = parties.Exchange(core, phone, offer, taken.body, answer,
                                       call.reply.body)
        dialog.talk(packets=30)
        dialog.hang_up()
        calls.no_sessions(stack)
