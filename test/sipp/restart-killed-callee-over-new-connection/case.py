from lib import check, elsewhere

DEFINES = {"STORE": "usrloc"}


def run(stack):
    elsewhere.as_it_stands(stack)
    core, alice = stack.core(), stack.phone(transport="tcp")
    ear = elsewhere.listening(stack, "tcp")
    check.status(alice.register(contact=f"<{ear.contact}>"), 200)
    stack.crash()
    for name in ("alice", "ALICE"):
        check.equal(elsewhere.offered(stack, core, name, ear), ["RTP/SAVP"], name)
