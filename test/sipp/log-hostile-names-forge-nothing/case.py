from urllib.parse import unquote

from lib import audit, calls, check, sdp
from lib.message import token

FORGED = "refused reason=forged code=999 of=request method=X aor=eve src=x ci=x"


def run(stack):
    alice = calls.agreed(stack)
    for ident in (f"{token()}\r\n {FORGED}", f"{token()} {FORGED}", f'{token()}"\\\'',
                  f"{token()}\t\x1b[2J\x7f", f"{token()}%0a", f"{token()}é",
                  token() * 200):
        before = len(audit.lines(stack))
        invite = alice.send(alice.build(
            "INVITE", f"sip:200@{stack.domain}", "Security-Verify: wrong;mediasec",
            body=sdp.plain(stack.phone_ip), call_id=ident,
            sender=f"<sip:alice%0a%20reason=x@{stack.domain}>;tag={token()}"))
        challenge = alice.expect(lambda one: one.status == 407, "a challenge")
        alice.send(alice.authorize(invite, challenge))
        [line] = audit.added(stack, before)
        check.that(line["reason"] != "forged", "a forged line")
        check.that(ident.startswith(unquote(line["ci"])), f"Call-ID of {line}")
