from lib import calls, check, parties
from lib.relay import Relay

FIRST, SECOND = Relay(), Relay()
DEFINES = {"RTPENGINE_SOCK": " ".join(
    one.defines["RTPENGINE_SOCK"] for one in (FIRST, SECOND))}


def until_asked(begin, drop):
    """Begins calls, and drops them, until one is offered to the first one."""
    begun = []

    def attempt():
        FIRST.take()
        begun.append(begin())
        if not FIRST.take()[0]["offer"]:
            drop(begun.pop())
        return begun

    parties.waited(attempt, "no call is offered to the first rtpengine", seconds=40)
    return begun[0]


def run(stack):
    FIRST.lead_to(stack)
    SECOND.lead_to(stack, stack.spare_rtpengine())
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)

    def ring():
        alice.renew()
        call = parties.invite(stack, alice, alice.offer())
        return call, calls.take(alice.agent, core.agent, call)

    def reject(ringing):
        call, taken = ringing
        core.agent.reply(taken, 486)
        check.status(call.final(), 486)
        core.agent.request("ACK")

    def talk():
        alice.renew()
        dialog = parties.connect(stack, alice, core)
        dialog.talk(packets=20)
        return dialog

    talking = until_asked(talk, parties.Dialog.hang_up)
    call, taken = until_asked(ring, reject)
    stack.kill_rtpengine()
    moved = until_asked(talk, parties.Dialog.hang_up)

    core.agent.reply(taken, 200, body=core.answer(taken.body))
    reply = call.final()
    check.that(reply.status >= 400, f"the caller got {reply.start}")
    check.equal(reply.body, "", "body of the refusal")
    core.agent.request("ACK")
    core.agent.reply(core.agent.request("BYE"), 200)

    def reoffer(dialog):
        alice.renew()
        dialog.reoffer(alice)
        dialog.talk(packets=20)

    reoffer(talking)
    talking.hang_up()

    stack.start_rtpengine()
    back = until_asked(talk, parties.Dialog.hang_up)
    check.equal(len(stack.sessions()), 1, "calls of the first rtpengine")
    back.hang_up()
    moved.talk(packets=20)
    reoffer(moved)
    moved.hang_up()
    calls.no_keys(core.agent)
