from lib import calls


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    for rows in (alice.verify(), []):
        calls.without_offer(alice, core, *rows)
        calls.no_sessions(stack)
    calls.no_keys(core)
