from lib import calls, check, sdp
from lib.message import token

DEFINES = {"FROM_ANY": "pbx,carol"}


def run(stack):
    core, alice, carol = stack.core(), *(calls.agreed(stack, name)
                                         for name in ("alice", "carol"))
    bob = stack.phone("bob")
    check.status(bob.register(client=(), tags=()), 200)

    def rings(caller, sender, called=bob, target="bob"):
        call = caller.invite(target, sdp.secure(stack.phone_ip, 40000), *caller.verify(),
                             sender=f"{sender};tag={token()}")
        called.reply(calls.take(caller, called, call), 486)
        check.status(call.final(), 486)

    for phone in alice, carol:
        rings(phone, f"<{phone.aor}>")
        rings(phone, '"Anonymous" <sip:anonymous@anonymous.invalid>')
        rings(phone, "<sip:+4930123@example.net>", core, "200")
    rings(carol, "<sip:+4930123@example.net>")
    for sender in "<sip:boss@example.net>", "<sip:example.net>":
        calls.refused(alice, 403, *alice.verify(), target="bob",
                      sender=f"{sender};tag=x")
