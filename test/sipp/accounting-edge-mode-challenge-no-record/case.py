import shutil

from lib import calls, cdr, check, registrar, sdp
from lib.registrar import NONCE, REALM
from lib.stack import NATIVE

DEFINES = {**NATIVE, "ACCOUNTING": "1", "REGISTRAR": "sip:{core}"}


def run(stack):
    records = stack.run / "cdrs.sqlite"
    shutil.copy(stack.run / "users.sqlite", records)
    stack.defines["ACCOUNTING_DB"] = f"sqlite:///{records}"
    stack.restart()
    core, alice = stack.core(), stack.phone()
    with registrar.serving(core):
        check.status(alice.register(), 200)
    call = alice.invite("200", sdp.secure(stack.phone_ip), *alice.verify(), auth=False)
    core.reply(calls.take(alice, core, call), 407, "Proxy-Authenticate: Digest "
               f'realm="{REALM}", nonce="{NONCE}"')
    check.status(call.final(), 407)
    core.request("ACK")
    call.send(alice.authorize(call.invite, call.reply))
    core.reply(calls.take(alice, core, call), 200,
               body=sdp.plain(core.transport.address[0]))
    check.status(call.final(), 200)
    call.ack()
    core.request("ACK")
    calls.hang_up(calls.Talk(call, call.invite, call.reply), alice, core)
    row = cdr.last(stack, 1)
    cdr.is_of(row, call.invite.value("Call-ID"), 200, cdr.SDES, cdr.PLAIN)
    check.equal(row["caller"], "alice@example.net", "caller")
