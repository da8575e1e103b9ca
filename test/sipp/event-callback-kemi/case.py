from pathlib import Path

from lib import calls, check, events

DEFINES = {"SCRIPT": str(Path(__file__).with_name("script.lua"))}


def run(stack):
    alice = calls.agreed(stack)
    check.status(alice.register(verify=["wrong;mediasec"]), 494)
    agreed, rejected = events.next_ones(stack, 2)
    events.has(agreed, event="mediasec:agreed", aor="alice@example.net", reason="")
    events.has(rejected, event="mediasec:rejected", reason="verify_differs",
               aor="alice@example.net")
