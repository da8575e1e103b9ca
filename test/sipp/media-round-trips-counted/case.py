from lib import calls, check, parties
from lib.relay import Relay

RELAY = Relay()
DEFINES = RELAY.defines


def count(what, wanted, per_call):
    """What went to rtpengine since the last time. per_call: rtpengine calls."""
    seen, ids = RELAY.take()
    seen.pop("query", None)
    check.equal(dict(seen), {name: number * per_call for name, number in
                             wanted.items()}, f"commands of {what}")
    check.that(len(ids) <= per_call, f"{what}: {len(ids)} call-ids")


def play(stack, caller, callee, target, per_call):
    offer = caller.offer()
    call = parties.invite(stack, caller, offer, target=target)
    taken = calls.take(caller.agent, callee.agent, call)
    count("an INVITE", {"offer": 1}, per_call)
    answer = callee.answer(taken.body)
    callee.agent.reply(taken, 183, body=answer)
    first = call.progress(183)
    count("a 183", {"answer": 1}, per_call)
    callee.agent.reply(taken, 200, body=answer)
    check.status(call.final(), 200)
    check.that(call.reply.body, "no session description in the 200")
    check.equal(call.reply.body, first.body, "the answer once more")
    callee.agent.reply(taken, 200, body=answer)
    call.final()
    call.ack()
    callee.agent.request("ACK")
    count("a 200 with the same answer, twice", {}, per_call)
    dialog = parties.Dialog(stack, caller, callee, call, taken)
    dialog.last = parties.Exchange(caller, callee, offer, taken.body, answer,
                                   call.reply.body)
    for by in (caller, callee):
        dialog.reoffer(by)
        count("a re-INVITE", {"offer": 1, "answer": 1}, per_call)
    dialog.talk(packets=20)
    dialog.hang_up()
    count("a BYE", {"delete": 1}, per_call)
    calls.no_sessions(stack)


def run(stack):
    RELAY.lead_to(stack)
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    carol = parties.registered(stack, parties.SDES, "carol")
    play(stack, alice, core, "200", 1)
    play(stack, core, alice, "alice", 1)
    play(stack, alice, carol, "carol", 2)
