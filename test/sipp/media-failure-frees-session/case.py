from lib import calls, check, parties, sdp
from lib.message import Message

RELIABLE = ("Require: 100rel", "RSeq: 1")


def busy(stack, core, alice):
    call = alice.agent.invite("200", sdp.secure(stack.phone_ip), *alice.rows())
    core.agent.reply(calls.take(alice.agent, core.agent, call), 486)
    check.status(call.final(), 486)


def busy_after_two_early_dialogs(stack, core, alice):
    call = parties.invite(stack, alice, alice.offer())
    taken = calls.take(alice.agent, core.agent, call)
    for code, tag in ((183, "first"), (183, "second"), (486, "second")):
        fork = Message(taken.start, [
            (name, f"{value};tag={tag}" if name == "To" else value)
            for name, value in taken.headers], source=taken.source)
        core.agent.reply(fork, code, body=core.answer(taken.body) if code == 183 else None)
        if code == 183:
            call.progress(code)
    check.status(call.final(), 486)


def busy_after_offer_in_183(stack, core, alice):
    call = parties.invite(stack, alice, None, "Supported: 100rel")
    taken = calls.take(alice.agent, core.agent, call)
    core.agent.reply(taken, 183, *RELIABLE, body=core.offer())
    call.progress(183)
    check.that(stack.sessions(), "rtpengine has no call")
    core.agent.reply(taken, 486)
    check.status(call.final(), 486)


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    for fails in (busy, busy_after_two_early_dialogs, busy_after_offer_in_183):
        fails(stack, core, alice)
        core.agent.request("ACK")
        calls.no_sessions(stack)
