import time

from lib import check, registrar

DEFINES = {"REGISTRAR": "sip:{core}"}
INSTANCE = '+sip.instance="<urn:uuid:00000000-0000-1000-8000-000a95a0e128>"'


def run(stack):
    core, alice, bob = stack.core(), stack.phone(), stack.phone("bob")
    uri = f"<{alice.contact}>"
    with registrar.serving(core, f"Contact: {uri};expires=1800;{INSTANCE};reg-id=2"):
        check.status(alice.register(
            expires=77, contact=f"{uri};{INSTANCE};reg-id=1"), 200)
    lives(stack, alice, 77)
    uri = f"<{bob.contact}>"
    with registrar.serving(core, f"Contact: {uri};expires=20, {uri};expires=900"):
        check.status(bob.register(expires=33), 200)
    lives(stack, bob, 900)


def lives(stack, phone, seconds):
    [left] = (expires - time.time() for aor, _, expires in stack.agreements()
              if phone.aor.endswith(aor))
    check.that(seconds - 2 <= left <= seconds + 64,
               f"the agreement of {phone.aor} lives for {left:.0f} s")
