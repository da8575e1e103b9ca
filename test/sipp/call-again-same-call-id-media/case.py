from lib import calls, check, parties
from lib.relay import Relay

RELAY = Relay()
DEFINES = {**RELAY.defines, "RETRY_PLAIN": "1"}
TIMEOUT = ('"fr_inv_timer", 120000', '"fr_inv_timer", 5000')


def unanswered(call, callee):
    taken = callee.agent.request("INVITE")
    callee.agent.reply(taken, 180)
    check.status(call.final(timeout=10), 408)
    parties.cancelled(callee.agent, taken)


def rejected_twice(call, callee):
    """Secured, and then in clear."""
    for _ in range(2):
        callee.agent.reply(callee.agent.request("INVITE"), 488)
        callee.agent.request("ACK")
    check.status(call.final(), 488)


def again(stack, caller, callee, fails, deletes):
    """A call that fails, and one more when rtpengine has ended all of the first."""
    RELAY.take()
    offer = caller.offer()
    call = parties.invite(stack, caller, offer, target=parties.number(callee))
    fails(call, callee)
    call.send(caller.agent.again(call.invite))
    taken = calls.take(caller.agent, callee.agent, call)
    callee.agent.reply(taken, 100)
    parties.waited(lambda: RELAY.number("delete") == deletes, "a branch is not ended")
    answer = callee.answer(taken.body)
    callee.agent.reply(taken, 200, body=answer)
    check.status(call.final(), 200)
    call.ack()
    callee.agent.request("ACK")
    dialog = parties.Dialog(stack, caller, callee, call, taken)
    dialog.last = parties.Exchange(caller, callee, offer, taken.body, answer,
                                   call.reply.body)
    dialog.talk()
    dialog.hang_up()
    calls.no_sessions(stack)


def run(stack):
    stack.change(TIMEOUT)
    stack.restart()
    RELAY.lead_to(stack)
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    bob = parties.registered(stack, parties.PLAIN, "bob")
    again(stack, alice, core, unanswered, 1)
    again(stack, bob, alice, rejected_twice, 3)
