import contextlib
import sqlite3
import time
from urllib.parse import unquote

from lib import calls, cdr, check, parties
from lib.message import token
from lib.stack import NATIVE

DEFINES = {**NATIVE, "ACCOUNTING": "1"}
HOSTILE = (f"{token()}'); DELETE FROM acc_cdrs; --", f'{token()}" code=999',
           f"{token()}\r\n cdr start=1 end=1 ci=forged", f"{token()}é%0a\x1b[2J")


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    with contextlib.closing(sqlite3.connect(stack.run / "users.sqlite")) as other:
        other.execute("BEGIN IMMEDIATE")
        wanted = []
        for _ in range(3):
            begin = time.monotonic()
            talk = calls.answered(alice, core, *alice.verify())
            calls.hang_up(talk, alice, core)
            check.that(time.monotonic() - begin < 2, "a call waited")
            wanted.append(talk.invite.value("Call-ID"))
        parties.waited(lambda: stack.log().count("database is locked") > 2,
                       "the database is not tried")
        check.equal(cdr.rows(stack), [], "rows while it is locked")
        other.rollback()
    parties.waited(lambda: len(cdr.rows(stack)) == 3, "the records are not written")
    check.equal(sorted(row["callid"] for row in cdr.rows(stack)), sorted(wanted),
                "rows")

    for number, ident in enumerate(HOSTILE, 4):
        invite = alice.send(alice.build(
            "INVITE", f"sip:200@{stack.domain}", "Security-Verify: wrong;mediasec",
            call_id=ident))
        challenge = alice.expect(lambda one: one.status == 407, "a challenge")
        alice.send(alice.authorize(invite, challenge))
        row = cdr.last(stack, number)
        check.equal(unquote(row["callid"]), ident, "Call-ID")
        check.absent(row["callid"], r"[^!-~]", "['\"]")
        check.equal((row["code"], row["reason"]), ("494", "verify_differs"), "why")
