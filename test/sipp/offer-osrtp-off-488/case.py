from lib import calls, check, sdp

DEFINES = {"OSRTP": "0"}


def run(stack):
    core, alice, bob = stack.core(), calls.agreed(stack), stack.phone("bob")
    offer = sdp.plain(stack.phone_ip, calls.PHONE_PORT, sdp.crypto())
    calls.refused(alice, 488, *alice.verify(), offer=offer)
    check.status(bob.register(client=(), tags=()), 200)
    talk = calls.answered(bob, core, offer=offer)
    check.absent(talk.answer.body, "crypto")
    calls.no_keys(core)
