from lib import check, events, registrar

DEFINES = {"REGISTRAR": "sip:{core}"}


def run(stack):
    core, alice = stack.core(), stack.phone()
    with registrar.serving(core):
        check.status(alice.register(password="wrong"), 401)
        check.status(alice.register(), 200)
    [event] = events.next_ones(stack, 1)
    events.has(event, event="agreed", aor="alice@example.net", verify="right",
               agreed="sdes-srtp", callid=alice.call_id,
               flow="udp:%s:%d" % alice.transport.address)
