import time

from lib import calls, cdr, check, parties, sdp
from lib.stack import NATIVE

DEFINES = {**NATIVE, "SESSION_MIN": "120", "ACCOUNTING": "1"}


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    phone, server = alice.agent, core.agent

    reply = calls.refused(phone, 422, "Supported: timer", "Session-Expires: 90 ;refresher=uas",
                          *phone.verify())
    check.equal(reply.value("Min-SE"), "120", "Min-SE")
    check.equal(cdr.lines(stack), [], "records")
    check.equal(stack.rpc("dlg.list"), [], "dialogs")

    offer = alice.offer()
    call = phone.invite("200", offer, "Supported: timer", "Session-Expires: 600",
                        *phone.verify())
    taken = calls.take(phone, server, call)
    check.equal(taken.value("Session-Expires"), "600", "Session-Expires in the core")
    check.absent(taken, "Min-SE")
    answer = core.answer(taken.body)
    server.reply(taken, 200, "Require: timer", "Session-Expires: 300;refresher=uac",
                 body=answer)
    check.status(call.final(), 200)
    check.equal(call.reply.value("Session-Expires"), "300;refresher=uac", "for alice")
    call.ack()
    server.request("ACK")
    dialog = parties.Dialog(stack, alice, core, call, taken)
    left(stack, 600)
    again = dialog.send(alice, "INVITE", "Supported: timer",
                        "Session-Expires: 300;refresher=uac", body=alice.offer())
    got = dialog.arrives(alice, again)
    server.reply(got, 200, "Require: timer", "Session-Expires: 300;refresher=uac",
                 body=core.answer(got.body))
    reply = phone.answer(again)
    check.status(reply, 200)
    dialog.ack(alice, again)
    left(stack, 300)
    short = dialog.send(alice, "UPDATE", "Supported: timer", "Session-Expires: 100")
    check.status(phone.answer(short), 422)
    dialog.last = parties.Exchange(alice, core, again.body, got.body,
                                   core.answer(got.body), reply.body)
    dialog.hang_up()

    dialog = parties.connect(stack, alice, core)
    left(stack, 43200)
    check.absent(dialog.call.reply, "Session-Expires")
    dialog.hang_up()
    calls.no_sessions(stack)


def left(stack, seconds):
    """The only dialog ends in so many seconds."""
    [dialog] = [one for one in stack.rpc("dlg.list") if one["state"] < 5]
    check.that(abs(dialog["timeout"] - time.time() - seconds) < 5,
               f"ends in {dialog['timeout'] - time.time()} s")
