from lib import check, parties


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    old = alice.port, alice.key
    for cancels in (True, False):
        before = stack.counters()
        alice.renew()
        sent = dialog.send(alice, "INVITE", body=alice.offer())
        got = dialog.arrives(alice, sent)
        if cancels:
            core.agent.reply(got, 100)
            core.agent.reply(got, 180)
            alice.agent.answer(sent, least=180)
            cancel = alice.agent.build(
                "CANCEL", sent.uri, *(f"Route: {row}" for row in sent.values("Route")),
                contact=False, via=[sent.value("Via")], to=sent.value("To"),
                sender=sent.value("From"), cseq=sent.value("CSeq").split()[0],
                call_id=sent.value("Call-ID"))
            check.status(alice.agent.ask(cancel), 200)
            parties.cancelled(core.agent, got)
        reply = alice.agent.answer(sent, timeout=10)
        check.status(reply, 487 if cancels else 408)
        alice.agent.acknowledge(sent, reply)
        alice.port, alice.key = old
        parties.counted(stack, before, "replayed")  # tm's timer leaves it to another
        dialog.talk(packets=20)
    dialog.hang_up()
