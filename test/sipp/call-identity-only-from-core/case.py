from lib import calls, check, parties

NAMES = ("P-Asserted-Identity", "Remote-Party-ID", "P-Preferred-Identity")
CLAIM = tuple(f"{name}: <sip:boss@example.net>" for name in (
    *NAMES, "P-Asserted-Service", "P-Served-User", "P-Charging-Vector"))


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    offer = alice.offer()
    call = parties.invite(stack, alice, offer, *CLAIM)
    dialog = parties.answered(stack, alice, core, call, offer)
    check.absent(core.agent.wire, "boss@")
    sent = dialog.send(alice, "INVITE", *CLAIM, body=alice.offer())
    taken = dialog.arrives(alice, sent)
    core.agent.reply(taken, 200, body=core.answer(taken.body))
    check.status(alice.agent.answer(sent), 200)
    dialog.ack(alice, sent)
    dialog.hang_up()
    check.absent(core.agent.wire, "boss@")

    for rows, told in ((CLAIM, True), ((*CLAIM, "Privacy: id"), False)):
        call = parties.invite(stack, core, core.offer(), *rows, target="alice")
        taken = calls.take(core.agent, alice.agent, call)
        for name in NAMES:
            check.equal("boss@" in (taken.value(name) or ""), told,
                        f"alice is told by {name}, with {rows}")
        alice.agent.reply(taken, 200, *CLAIM, body=alice.answer(taken.body))
        check.status(call.final(), 200)
        for name in NAMES:
            check.equal(call.reply.values(name), [], "in the answer")
        call.ack()
        alice.agent.request("ACK")
        bye = call.bye()
        alice.agent.reply(alice.agent.request("BYE"), 200)
        check.status(core.agent.answer(bye), 200)
