from lib import check, parties


def run(stack):
    core = parties.behind(stack)
    wins, loses = (parties.registered(stack, parties.SDES) for _ in range(2))
    offer = core.offer()
    call = parties.invite(stack, core, offer, target="alice")
    read = loses.agent.request("INVITE")
    loses.agent.reply(read, 180)
    dialog = parties.answered(stack, core, wins, call, offer)
    parties.cancelled(loses.agent, read)
    check.present(read.value("Record-Route"), ";ms=")
    routes = [f"Route: {one}" for one in read.values("Record-Route")]
    caller, callee = read.value("From"), f"{read.value('To')};tag=other"
    target = "sip:200@%s:%d" % core.agent.transport.address
    for sender, to in ((caller, callee), (callee, caller)):
        for method, body in (("INVITE", loses.offer()), ("UPDATE", loses.offer())):
            sent = loses.agent.send(loses.agent.build(
                method, target, *routes, *loses.rows(), body=body, sender=sender,
                to=to, call_id=read.value("Call-ID")))
            check.status(loses.agent.answer(sent), 481)
        loses.agent.send(loses.agent.build(
            "BYE", target, *routes, sender=sender, to=to,
            call_id=read.value("Call-ID")))
        dialog.talk(packets=20)
    dialog.hang_up()
