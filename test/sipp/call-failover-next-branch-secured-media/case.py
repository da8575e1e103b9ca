from lib import calls, check, parties, sdp, sip


def run(stack):
    core = parties.behind(stack)
    phones = [parties.registered(stack, kind, user) for kind, user in (
        (parties.SDES, "alice"), (parties.PLAIN, "bob"))]
    for first, second in (phones, phones[::-1]):
        core.renew()
        offer = core.offer()
        call = parties.invite(stack, core, offer, target=first.agent.user)
        taken = calls.take(core.agent, first.agent, call)
        check.equal(sdp.read(taken.body)[0].proto, first.kind.proto, "first offer")
        first.agent.reply(taken, 503)
        check.that(call.final().status >= 500, f"first: {call.reply.start}")
        first.agent.request("ACK")

        again = core.agent.build(
            "INVITE", f"sip:{second.agent.user}@{stack.domain}", body=offer,
            sender=call.invite.value("From"), call_id=call.invite.value("Call-ID"))
        call = sip.Call(core.agent, again)
        second.renew()
        dialog = parties.answered(stack, core, second, call, offer)
        check.equal(sdp.read(dialog.invite.body)[0].proto, second.kind.proto,
                    "next offer")
        dialog.talk()
        dialog.hang_up()
        calls.no_sessions(stack)
