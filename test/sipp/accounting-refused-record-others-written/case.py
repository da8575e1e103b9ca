import contextlib
import sqlite3

from lib import calls, cdr, check, parties
from lib.stack import NATIVE

DEFINES = {**NATIVE, "ACCOUNTING": "1"}
REFUSED = """CREATE TRIGGER strict BEFORE INSERT ON acc_cdrs
    WHEN length(NEW.callee) > 255 OR NEW.callee LIKE 'never@%'
    BEGIN SELECT RAISE(ABORT, 'value not taken'); END"""


def run(stack):
    with contextlib.closing(sqlite3.connect(stack.run / "users.sqlite")) as database:
        database.execute(REFUSED)
        database.commit()
    core, alice = stack.core(), calls.agreed(stack)
    for number in ("never", "9" * 300, "é" * 300, "200"):
        call = alice.invite(number, calls.sdp.secure(stack.phone_ip), *alice.verify())
        core.reply(calls.take(alice, core, call), 404)
        check.status(call.final(), 404)
        core.request("ACK")
    parties.waited(lambda: len(cdr.rows(stack)) == 3, "the others are not written")
    parties.waited(lambda: stack.log().count("value not taken") > 2,
                   "it is not tried again")
    check.equal([len(row["callee"]) for row in cdr.rows(stack)],
                [125, 254, len("200@" + stack.domain)], "lengths of callees")
