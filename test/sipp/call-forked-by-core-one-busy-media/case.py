from lib import calls, check, parties
from lib.relay import Relay

RELAY = Relay()
DEFINES = RELAY.defines


def busy(call, carol, taken):
    carol.agent.reply(taken, 486)
    check.status(call.final(), 486)
    carol.agent.request("ACK")
    parties.waited(lambda: RELAY.number("delete"), "the busy branch is not ended")


def run(stack):
    RELAY.lead_to(stack)
    core, alice, carol = (parties.behind(stack), parties.registered(stack, parties.SDES),
                          parties.registered(stack, parties.SDES, "carol"))
    for first in (True, False):
        offer = core.offer()
        call = parties.invite(stack, core, offer, target="alice")
        other = parties.sip.Call(core.agent, core.agent.build(
            "INVITE", f"sip:carol@{stack.domain}", body=offer,
            sender=call.invite.value("From"), call_id=call.invite.value("Call-ID")))
        taken = carol.agent.request("INVITE")
        if first:
            busy(other, carol, taken)
        dialog = parties.answered(stack, core, alice, call, offer)
        if not first:
            busy(other, carol, taken)
        dialog.talk()
        dialog.outlives_rejection(stack, core)
        dialog.hang_up()
        calls.no_sessions(stack)
        RELAY.take()
