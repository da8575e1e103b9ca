import re

from lib import calls, check, events, sdp


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    call = alice.invite("200", sdp.secure(stack.phone_ip), *alice.verify(),
                        auth=False)
    invite = calls.take(alice, core, call)
    stack.freeze_rtpengine()
    core.reply(invite, 503)
    check.that(call.final().status >= 500, f"final reply {call.reply.start}")
    stack.thaw_rtpengine()
    [event] = events.next_ones(stack, 1)
    events.has(event, event="rejected", reason="relay_failed",
               callid=invite.value("Call-ID"))
    [process] = [one["PID"] for one in stack.rpc("core.psx")
                 if one["DSC"] == "MEDIASEC EVENTS"]
    check.equal(re.findall(r"\((\d+)\) .*EVENT event=", stack.log()), [str(process)],
                "the process that ran the route")
