import time

from lib import check, registrar

DEFINES = {"REGISTRAR": "sip:{core}"}


def run(stack):
    core, alice = stack.core(), stack.phone()
    with registrar.serving(core, "Contact: <sip:alice@192.0.2.9>;expires=1800, "
                           "<sip:alice@192.0.2.8>;expires=20"):
        check.status(alice.register(expires=77), 200)
    [(_, _, expires)] = stack.agreements()
    left = expires - time.time()
    check.that(77 <= left <= 77 + 64, f"the agreement lives for {left:.0f} s")
