from lib import calls, check, parties
from lib.relay import Relay

RELAY = Relay()
DEFINES = RELAY.defines
TIMEOUT = ('"fr_inv_timer", 120000', '"fr_inv_timer", 3000')


def run(stack):
    stack.change(TIMEOUT)
    stack.restart()
    RELAY.lead_to(stack)
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    offer = alice.offer()
    call = parties.invite(stack, alice, offer)
    taken = calls.take(alice.agent, core.agent, call)
    core.agent.reply(taken, 180)
    check.status(call.final(timeout=10), 408)
    parties.cancelled(core.agent, taken)
    call.send(alice.agent.again(call.invite))
    taken = calls.take(alice.agent, core.agent, call)
    core.agent.reply(taken, 100)
    parties.waited(lambda: RELAY.number("delete"), "the first call is not ended")
    answer = core.answer(taken.body)
    core.agent.reply(taken, 200, body=answer)
    check.status(call.final(), 200)
    call.ack()
    core.agent.request("ACK")
    dialog = parties.Dialog(stack, alice, core, call, taken)
    dialog.last = parties.Exchange(alice, core, offer, taken.body, answer,
                                   call.reply.body)
    dialog.talk()
    dialog.hang_up()
    calls.no_sessions(stack)
