import itertools
import re

from lib import calls, check, parties
from lib.stack import NATIVE

DEFINES = {**NATIVE, "HIDING_KEY": "some secret"}


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    bob = parties.registered(stack, parties.SDES, "bob", transport="tls",
                             ip=stack.phone_ip.rpartition(".")[0] + ".11")
    core.agent.domain = stack.domain  # what the core itself writes into From stays
    for caller, callee in ((alice, core), (core, alice), (bob, core), (core, bob),
                           (alice, bob)):
        refused(stack, caller, callee)
        dialog = parties.connect(stack, caller, callee)
        for by in (caller, callee):
            by.renew()
            dialog.reoffer(by)
        dialog.talk(packets=20)
        phone = callee if caller is core else caller
        wrong = dialog.send(phone, "INVITE", "Security-Verify: wrong;mediasec",
                            body=phone.offer())
        reply = phone.agent.answer(wrong)
        check.status(reply, 494)
        phone.agent.acknowledge(wrong, reply)
        dialog.hang_up(callee)
        calls.no_sessions(stack)
    calls.no_keys(core.agent)

    sides = {core: [core.ip, stack.core_agent[0], stack.core_ip]}
    for phone in (alice, bob):
        sides[phone] = [phone.ip, phone.agent.transport.address[0]]
    for one, other in itertools.permutations(sides, 2):
        one.agent.seen()
        for address in sides[other]:
            check.absent(one.agent.wire, rf"\b{re.escape(address)}\b")


def refused(stack, caller, callee):
    """A call that is refused, and one that is cancelled."""
    for cancels in (False, True):
        call = parties.invite(stack, caller, caller.offer(),
                              target=parties.number(callee))
        taken = calls.take(caller.agent, callee.agent, call)
        if cancels:
            callee.agent.reply(taken, 180)
            call.progress(180)
            check.status(call.cancel(), 200)
            parties.cancelled(callee.agent, taken)
        else:
            callee.agent.reply(taken, 486)
            callee.agent.request("ACK")
        check.status(call.final(), 487 if cancels else 486)
