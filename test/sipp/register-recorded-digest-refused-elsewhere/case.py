import re

from lib import calls, check, guard, sdp


def recorded(stack, name):
    """The last credentials that alice has sent."""
    wire = "".join(path.read_text() for path in sorted(stack.logs.glob("alice-*.msg")))
    return re.findall(rf"^{name}: .*$", wire, re.M)[-1].strip()


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    register = recorded(stack, "Authorization")
    calls.hang_up(calls.answered(alice, core, *alice.verify()), alice, core)
    invite = recorded(stack, "Proxy-Authorization")

    thief = stack.phone(ip=guard.neighbour(stack))
    reply = thief.ask(thief.build("REGISTER", f"sip:{stack.domain}", register,
                                  to=f"<{thief.aor}>"))
    check.status(reply, 401)
    check.present(reply.value("WWW-Authenticate"), "stale=true")
    check.absent(str(stack.rpc("ul.dump")), guard.neighbour(stack))
    for phone, target in (thief, "200"), (thief, "+900"), (alice, "+900"):
        calls.refused(phone, 407, invite, *alice.verify(), target=target, auth=False)
    core.seen()
    check.equal(core.inbox, [], "what reached the core")
    call = alice.invite("200", sdp.secure(stack.phone_ip, 40000), invite,
                        *alice.verify(), auth=False)  # as some phones do
    core.reply(calls.take(alice, core, call), 486)
    check.status(call.final(), 486)
