from lib import calls, check, parties


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    options = core.agent.send(core.agent.build("OPTIONS",
                                               f"sip:alice@{stack.domain}"))
    got = parties.arrives(core.agent, alice.agent, options)
    alice.agent.reply(got, 200, body=alice.offer())
    check.status(core.agent.answer(options), 200)
    calls.no_keys(core.agent)

    dialog = parties.connect(stack, alice, core)
    info = dialog.send(alice, "INFO", body=alice.offer())
    core.agent.reply(dialog.arrives(alice, info), 200)
    check.status(alice.agent.answer(info), 200)
    calls.no_keys(core.agent)
    dialog.hang_up()
