from lib import check, parties, sdp


def run(stack):
    core = parties.behind(stack)
    for user, kind in (("alice", parties.SDES), ("carol", parties.ACTIVE)):
        phone = parties.registered(stack, kind, user)
        dialog = parties.connect(stack, phone, core)
        for method in ("INVITE", "UPDATE"):
            sent = dialog.send(phone, method,
                               body=phone.body(sdp.mline(phone.port)))
            reply = phone.agent.answer(sent)
            check.status(reply, 488)
            if method == "INVITE":
                phone.agent.acknowledge(sent, reply)
        check.equal(core.agent.seen(), [], "what reached the core")
        dialog.talk(packets=30)
        dialog.hang_up()
