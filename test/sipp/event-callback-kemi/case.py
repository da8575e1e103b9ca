from pathlib import Path

from lib import calls, check, events, lua

DEFINES = {**lua.DEFINES, "EVENT_CALLBACK": "ksr_mediasec_event"}


def run(stack):
    with open(stack.run / "kamailio.lua", "w", encoding="utf-8") as script:
        for part in (stack.defines["LUA"], Path(__file__).with_name("event.lua")):
            script.write(Path(part).read_text("utf-8"))
    stack.defines["LUA"] = script.name
    stack.restart()
    alice = calls.agreed(stack)
    check.status(alice.register(verify=["wrong;mediasec"]), 494)
    agreed, rejected = events.next_ones(stack, 2)
    events.has(agreed, event="mediasec:agreed", aor="alice@example.net", reason="")
    events.has(rejected, event="mediasec:rejected", reason="verify_differs",
               aor="alice@example.net")
