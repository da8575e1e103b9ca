import re

from lib import calls, check, sdp
from lib.message import Message


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    talk = calls.answered(alice, core, *alice.verify())
    plain = sdp.plain(stack.phone_ip)
    secured = talk.call.inside("INVITE", body=plain)
    refuse(alice, core, talk.call, weaker(secured))

    emergency = calls.answered(alice, core, offer=plain,
                               target=f"sip:112@{stack.domain}")
    refuse(alice, core, talk.call,
           other_dialog(emergency.call.inside("INVITE", body=plain)))

    for one in (talk, emergency):
        calls.hang_up(one, alice, core)


def weaker(request):
    """The mark says that the leg may be plain."""
    def change(name, value):
        if name == "Route":
            check.present(value, ";ms=[^p]")
            value = re.sub(";ms=[^p]", ";ms=p", value)
        return name, value

    return Message(request.start, [change(*row) for row in request.headers],
                   request.body)


def other_dialog(request):
    """The mark of a call that may be plain, in another call."""
    return Message(request.start,
                   [(name, "another" if name == "Call-ID" else value)
                    for name, value in request.headers], request.body)


def refuse(alice, core, call, request):
    reply = alice.ask(request)
    call.acknowledge(request, reply)
    check.status(reply, 481)
    check.equal([one.start for one in core.seen()], [], "what reached the core")
