from lib import check, elsewhere, registrar

DEFINES = {"REGISTRAR": "sip:{core}"}


def run(stack):
    elsewhere.as_it_stands(stack, elsewhere.LOOKUP)
    core, alice, gateway = stack.core(), stack.phone(), stack.phone("gateway")
    with registrar.serving(core):
        check.status(alice.register(), 200)
    for number, to in (("+4930123", f"<{alice.aor}>"), ("112", None)):
        check.equal(elsewhere.offered(stack, core, f"sip:{number}@{gateway.address}",
                                      gateway, to=to), ["RTP/AVP"], number)
    check.equal(stack.counters()["called_unknown"], 2, "unknown callees")
