from lib import calls, check
from lib.stack import NATIVE

DEFINES = {**NATIVE, "SERVICE_ROUTE": "1"}


def run(stack):
    core = stack.core()
    for transport in ("udp", "tls"):
        alice = calls.agreed(stack, transport=transport)
        port = stack.ports["tls" if transport == "tls" else "access"]
        own = f"<sip:{stack.access}:{port};transport={transport};lr>"
        check.rows(alice.last, "Service-Route", [own])
        check.rows(alice.challenge, "Service-Route", [])
        talk = calls.answered(alice, core, f"Route: {own}", *alice.verify())
        check.rows(talk.invite, "Route", [])
        calls.hang_up(talk, alice, core)
    calls.no_keys(core)
    calls.no_sessions(stack)
