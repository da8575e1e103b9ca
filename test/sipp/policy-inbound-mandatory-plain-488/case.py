from lib import calls, check, parties

DEFINES = {"INBOUND": "mandatory"}


def run(stack):
    core = parties.behind(stack)
    for policy in ("optional", "off"):
        stack.defines["POLICY"] = policy
        stack.restart()
        phone = parties.registered(stack, parties.PLAIN).agent
        plain = parties.Party(stack, phone, parties.PLAIN)
        phone.list = []
        calls.refused(phone, 488, offer=plain.offer())
        check.equal(stack.counters()["refused_offer_plain"], 1, "counter")
        secured = parties.Party(stack, phone, parties.SDES)
        dialog = parties.connect(stack, secured, core)
        dialog.talk()
        dialog.hang_up()
        calls.no_keys(core.agent)
        dialog = parties.connect(stack, core, plain)
        dialog.talk()
        dialog.hang_up()
    calls.no_sessions(stack)
