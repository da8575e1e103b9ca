from lib import check, parties

DEFINES = {"REGISTRAR": "sip:{core}"}


def run(stack):
    core, alice = stack.core(), stack.phone("alice")
    here = f"<sip:{stack.access}:{stack.ports['access']};lr>"
    address = "%s:%d" % core.transport.address
    beyond = f"<sip:proxy@{address};lr>"
    sent = alice.send(alice.build(
        "NOTIFY", f"sip:watcher@{address}", f"Route: {here}", f"Route: {beyond}",
        "Event: dialog", "Subscription-State: active",
        to=f"<sip:watcher@{stack.domain}>;tag=watches"))
    got = parties.arrives(alice, core, sent)
    check.rows(got, "Route", [beyond])
    core.reply(got, 200)
    check.status(alice.answer(sent), 200)
