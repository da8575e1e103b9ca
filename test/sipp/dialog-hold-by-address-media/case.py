from lib import calls, parties


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    for by in (alice, core):
        held = by.offer().replace(f"c=IN IP4 {by.ip}", "c=IN IP4 0.0.0.0")
        dialog.reoffer(by, offer=held)
        by.renew()
        dialog.reoffer(by)
        dialog.talk(packets=20)
    calls.no_keys(core.agent)
    dialog.hang_up()
