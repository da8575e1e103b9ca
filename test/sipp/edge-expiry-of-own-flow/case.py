import time

from lib import check, registrar

DEFINES = {"REGISTRAR": "sip:{core}"}
INSTANCE = '+sip.instance="<urn:uuid:00000000-0000-1000-8000-000a95a0e128>"'


def run(stack):
    core, alice = stack.core(), stack.phone()
    own = f"<{alice.contact}>"
    with registrar.serving(core, f"Contact: {own};expires=1800;{INSTANCE};reg-id=2"):
        check.status(alice.register(
            expires=77, contact=f"{own};{INSTANCE};reg-id=1"), 200)
    [(_, _, expires)] = stack.agreements()
    left = expires - time.time()
    check.that(77 <= left <= 77 + 64, f"the agreement lives for {left:.0f} s")
