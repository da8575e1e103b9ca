from lib import calls, check

DEFINES = {"MAX_CONTACTS": "1"}


def run(stack):
    core, first, second = stack.core(), calls.agreed(stack), stack.phone()
    check.status(second.register(), 503)
    check.rows(second.last, "Security-Server", second.list)
    [(_, flow, _)] = stack.agreements()
    check.equal(flow, "udp:%s:%d" % first.transport.address, "flow of the agreement")
    check.status(first.register(), 200)
    calls.hang_up(calls.answered(first, core, *first.verify()), first, core)
