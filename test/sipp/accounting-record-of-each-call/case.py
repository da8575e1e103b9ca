from lib import calls, cdr, check, parties, sdp
from lib.stack import NATIVE

DEFINES = {**NATIVE, "ACCOUNTING": "1"}


def run(stack):
    core = parties.behind(stack)
    alice = parties.registered(stack, parties.SDES)
    carol = parties.registered(stack, parties.ACTIVE, "carol")
    bob = parties.registered(stack, parties.PLAIN, "bob")
    number = 0

    def told(*wanted, **fields):
        nonlocal number
        number += 1
        row = cdr.last(stack, number)
        cdr.is_of(row, *wanted, **fields)
        return row

    dialog = parties.connect(stack, alice, core)
    dialog.reoffer(alice)
    dialog.talk()
    dialog.hang_up()
    row = told(dialog.call.invite.value("Call-ID"), 200, cdr.SDES, cdr.PLAIN)
    check.that(row["duration"] > 0, "duration")
    check.equal((row["caller"], row["callee"]),
                ("alice@example.net", "200@example.net"), "parties")

    for first, second, *legs in ((alice, carol, cdr.SDES, cdr.DTLS),
                                 (core, alice, cdr.PLAIN, cdr.SDES),
                                 (bob, core, cdr.PLAIN, cdr.PLAIN)):
        dialog = parties.connect(stack, first, second)
        dialog.hang_up()
        told(dialog.call.invite.value("Call-ID"), 200, *legs)

    phone, server = alice.agent, core.agent
    reply = calls.refused(phone, 488, *phone.verify(), offer=sdp.plain(stack.phone_ip))
    row = told(reply.value("Call-ID"), 488, cdr.NONE, cdr.NONE, reason="offer_plain")
    check.equal(row["duration"], 0, "duration of a call that failed")
    reply = calls.refused(phone, 494, "Security-Verify: wrong;mediasec")
    told(reply.value("Call-ID"), 494, cdr.NONE, cdr.NONE, reason="verify_differs")

    stack.freeze_rtpengine()
    reply = calls.refused(phone, 503, *phone.verify())
    stack.thaw_rtpengine()
    told(reply.value("Call-ID"), 503, [*cdr.SDES[:2], ""], cdr.NONE,
         reason="relay_failed")

    call = bob.agent.invite("alice", sdp.plain(stack.phone_ip, 40100))
    phone.reply(phone.request("INVITE"), 200, body=sdp.plain(stack.phone_ip))
    check.status(call.final(), 488)
    phone.request("ACK")
    phone.reply(phone.request("BYE"), 200)
    told(call.reply.value("Call-ID"), 488, cdr.PLAIN, [*cdr.SDES[:2], ""],
         reason="answer_insecure")

    for fails, code in ((parties.rejected, 486), (parties.given_up, 487)):
        call = fails(stack, alice, core)
        told(call.reply.value("Call-ID"), code, [*cdr.SDES[:2], ""], cdr.PLAIN)

    call = phone.invite("200", sdp.secure(stack.phone_ip), *phone.verify())
    calls.take(phone, server, call)     # and no answer
    check.status(call.final(8), 408)
    told(call.reply.value("Call-ID"), 408, [*cdr.SDES[:2], ""], cdr.PLAIN)
