from lib import calls, check, ims, sdp, sip

SERVERS = ims.Pcscf


def run(stack):
    core = stack.core()
    alice = ims.registered(stack, core)
    paths = core.taken[-1].values("Path")
    mallory = stack.handset("mallory", 13)
    calls.refused(mallory, 403)                               # the open port
    mallory.transport.protect(int(alice.agreed(alice.challenge)["port-s"]))
    calls.refused(mallory, 403, *alice.verify())              # the port of alice
    with ims.serving(core):
        check.status(mallory.ask(mallory.build(
            "REGISTER", f"sip:{stack.domain}", f"Security-Client: {mallory.ipsec}",
            to=f"<{mallory.aor}>")), 403)
        check.equal(core.taken, [], "REGISTERs at the S-CSCF")
    alice.transport.sender = alice.transport.server           # not the port it named
    calls.refused(alice, 403, *alice.verify())
    alice.transport.sender = alice.transport.open
    calls.refused(alice, 403, *alice.verify())
    alice.transport.sender = alice.transport.client
    core.seen()
    check.equal([one.start for one in core.inbox], [], "what reached the core")
    call = sip.Call(core, core.build(
        "INVITE", f"sip:mallory@{mallory.address}",
        *(f"Route: {path}" for path in paths), body=sdp.plain("10.8.0.20")))
    check.status(call.final(), 480)
    check.equal(mallory.seen(), [], "what reached mallory")
    calls.hang_up(calls.answered(alice, core, *alice.verify()), alice, core)
    alice.is_associated()
