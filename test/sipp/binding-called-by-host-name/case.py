from lib import check, elsewhere

DEFINES = {"REQUIRE_SECURE_TRANSPORT": "1"}


def run(stack):
    elsewhere.as_it_stands(stack, elsewhere.HOSTS)
    core, alice = stack.core(), stack.phone(transport="tls")
    ear = elsewhere.listening(stack, "tls", ip="127.0.0.1")
    contact = f"<sip:alice@localhost:{ear.transport.address[1]};transport=tls>"
    check.status(alice.register(contact=contact), 200)
    check.equal(elsewhere.offered(stack, core, "alice", ear), ["RTP/SAVP"], "alice")
    check.equal(stack.counters()["called_unknown"], 0, "unknown callees")
