from lib import calls, check, sdp

INSTANCE = "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"


def run(stack):
    core, alice, bob = stack.core(), stack.phone(), stack.phone("bob")
    check.status(bob.register(client=(), tags=()), 200)
    check.status(alice.register(
        "Supported: gruu",
        contact=f'<{alice.contact}>;+sip.instance="<{INSTANCE}>"'), 200)
    gruu = f"{alice.aor};gr={INSTANCE}"
    row = f"Contact: <{gruu}>"
    calls.refused(alice, 494, row, offer=sdp.plain(stack.phone_ip), contact=False)
    calls.hang_up(calls.answered(alice, core, row, *alice.verify(), contact=False),
                  alice, core)
    call = bob.invite(gruu, sdp.plain(stack.phone_ip))
    invite = alice.request("INVITE")
    check.equal(sdp.read(invite.body)[0].proto, "RTP/SAVP", "offer to the GRUU")
    alice.reply(invite, 486)
    check.status(call.final(), 486)
