from lib import calls, check
from lib.stack import NATIVE

DEFINES = NATIVE


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)

    def asked(user=""):
        return core.send(core.build(
            "OPTIONS", f"sip:{user}{stack.core_ip}:{stack.ports['core']}"))

    check.status(core.answer(asked()), 200)
    check.status(core.answer(asked("nobody@")), 404)
    sent = asked("alice@")
    alice.reply(alice.request("OPTIONS"), 486)
    check.status(core.answer(sent), 486)
    stack.rpc("cfg.seti", "node", "drain", 1)
    check.status(core.answer(asked()), 503)
