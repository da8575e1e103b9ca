import json
from urllib.parse import unquote

from lib import calls, check, sdp
from lib.message import token
from lib.stack import NATIVE, Stack


class Json(Stack):
    options = ("--log-engine=json:M",)


SERVERS = Json
DEFINES = {**NATIVE, "LOG_PREFIX": "1", "ACCOUNTING": "1"}
HOSTILE = (f'{token()}", "forged": "1', f"{token()}\r\n {{}}", f"{token()}\x1b[2J'")


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    talk = calls.answered(alice, core, *alice.verify())
    calls.hang_up(talk, alice, core)
    reply = calls.refused(alice, 488, *alice.verify(), offer=sdp.plain(stack.phone_ip))
    for ident in HOSTILE:
        invite = alice.send(alice.build(
            "INVITE", f"sip:200@{stack.domain}", "Security-Verify: wrong;mediasec",
            call_id=ident))
        challenge = alice.expect(lambda one: one.status == 407, "a challenge")
        alice.send(alice.authorize(invite, challenge))
        alice.expect(lambda one: one.status == 494, "a refusal")

    lines = [line for line in stack.log().split("\n") if line.startswith("{")]
    objects = [json.loads(line) for line in lines]
    check.that(not any("forged" in one for one in objects), "a forged field")
    seen = {(one["module"], one["logprefix"].strip()) for one in objects
            if one.get("logprefix")}
    for module in ("mediasec", "xlog"):
        check.that((module, f"INVITE ci={reply.value('Call-ID')}") in seen,
                   f"no prefix of {module} in {seen}")
        for ident in HOSTILE:
            check.that(any(name == module and unquote(prefix) == f"INVITE ci={ident}"
                           for name, prefix in seen), f"{ident!r} is not in {seen}")
    check.absent(stack.log(), "^(?!{).*<script>")
