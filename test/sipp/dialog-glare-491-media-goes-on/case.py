from lib import calls, check, parties


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    olds = {one: (one.port, one.key) for one in (alice, core)}
    for one in (alice, core):
        one.renew()
    sent = {one: dialog.send(one, "INVITE", body=one.offer()) for one in (alice, core)}
    taken = {one: dialog.arrives(one, request) for one, request in sent.items()}
    for one, request in taken.items():
        dialog.other(one).agent.reply(request, 491)
    for one, request in sent.items():
        reply = one.agent.answer(request)
        check.status(reply, 491)
        dialog.other(one).agent.request("ACK")
        one.agent.acknowledge(request, reply)
        one.port, one.key = olds[one]
    dialog.talk(packets=30)
    core.renew()
    dialog.reoffer(core)
    dialog.talk(packets=30)
    calls.no_keys(core.agent)
    dialog.hang_up()
