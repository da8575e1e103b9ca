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
        parties.rejected(stack, caller, callee)
        parties.given_up(stack, caller, callee)
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
