"""A phone with +sip.instance that comes back over another connection."""

from . import calls, check, sdp

INSTANCE = '+sip.instance="<urn:uuid:00000000-0000-1000-8000-000a95a0e128>"'


def play(stack, transport):
    """Its agreement holds on the new connection: checked, called and calling."""
    core, alice, bob = stack.core(), stack.phone(transport=transport), stack.phone("bob")
    check.status(bob.register(client=(), tags=()), 200)
    register(alice)
    alice.transport.close()
    alice.transport = stack.link(transport)
    register(alice)
    calls.refused(alice, 494, offer=sdp.plain(stack.phone_ip))
    calls.hang_up(calls.answered(alice, core, *alice.verify()), alice, core)
    call = bob.invite("alice", sdp.plain(stack.phone_ip))
    invite = alice.request("INVITE")
    check.equal(sdp.read(invite.body)[0].proto, "RTP/SAVP", "offer to alice")
    alice.reply(invite, 486)
    check.status(call.final(), 486)
    if stack.defines["STORE"] == "usrloc":
        check.equal([flow.split(":")[2].split("/")[0] for _, flow, _ in
                     stack.agreements()], [str(alice.transport.address[1])],
                    "ports of the agreements")


def register(phone):
    check.status(phone.register(
        contact=f"<{phone.contact}>;reg-id=1;{INSTANCE}"), 200)
