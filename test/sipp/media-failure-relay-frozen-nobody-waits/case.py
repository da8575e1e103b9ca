import time

from lib import calls, check, parties
from lib.stack import NATIVE

DEFINES = NATIVE  # its failure route is in them

SLOW = ('"rtpengine_tout_ms", 400', '"rtpengine_tout_ms", 4000')
TIMEOUT = ('"fr_inv_timer", 120000', '"fr_inv_timer", 2000')
SOON = 5  # seconds, less than rtpengine is waited for


def fails(stack, alice, core, code, answer):
    """A call that fails while rtpengine is frozen."""
    call = alice.invite("200", calls.sdp.secure(stack.phone_ip), *alice.verify())
    taken = calls.take(alice, core, call)
    core.reply(taken, 180)
    call.progress(180)
    stack.freeze_rtpengine()
    began = time.monotonic()
    if answer:
        core.reply(taken, answer)
    check.status(call.final(timeout=20), code)
    took = time.monotonic() - began
    stack.thaw_rtpengine()
    check.that(took < SOON, f"{code} after {took:.1f} s")
    if not answer:
        parties.cancelled(core, taken)
    calls.no_sessions(stack, timeout=20)


def run(stack):
    stack.change(SLOW, TIMEOUT)
    routes = stack.config.parent / "routes" / "call.cfg"
    text = routes.read_text("utf-8").replace(
        "\nroute[TO_CORE] {",
        '\nfailure_route[OWN] {\n\tif(t_check_status("486")) t_reply("480", "Own");\n}'
        '\n\nroute[TO_CORE] {\n\tt_on_failure("OWN");')
    routes.write_text(text, "utf-8")
    stack.restart()
    core, alice = stack.core(), calls.agreed(stack)
    fails(stack, alice, core, 480, 486)
    fails(stack, alice, core, 408, None)
