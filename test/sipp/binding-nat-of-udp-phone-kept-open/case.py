from lib import check

DEFINES = {"NATPING": "1"}


def run(stack):
    alice = stack.phone()
    check.status(alice.register(contact="<sip:alice@192.0.2.7:5060>"), 200)
    for _ in range(2):
        check.equal(alice.transport.receive(5), (b"\0" * 4, (
            stack.access, stack.ports["access"])), "what comes by itself")
