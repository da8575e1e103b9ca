from lib import calls, check, parties

DEFINES = {"SECRET": "a secret that lasts"}


def run(stack):
    parties.script_answers(stack)
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    stack.restart()
    alice.renew()
    parties.refused_by_script(dialog, alice)
    for one in (core, alice):
        one.agent.reply(one.agent.request("BYE"), 200)
    calls.no_sessions(stack)
    check.equal(stack.counters()["not_replayed"], 1, "counter not_replayed")
