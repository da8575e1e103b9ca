import re

from lib import calls, check, parties


def run(stack):
    core = parties.behind(stack)
    alice = parties.registered(stack, parties.SDES)
    carol = parties.registered(stack, parties.ACTIVE, "carol")
    bob = parties.registered(stack, parties.PLAIN, "bob")

    def told(*wanted):
        lines = re.findall("LEGS (.*)", stack.log())
        check.equal(lines[-len(wanted):], list(wanted), "lines")

    dialog = parties.connect(stack, alice, carol)
    told("caller enforced sdes-srtp <null>")
    dialog.reoffer(carol)
    told("callee enforced dtls-srtp enforced")
    dialog.hang_up()
    parties.connect(stack, bob, core).hang_up()
    told("caller plain  <null>")
    dialog = parties.connect(stack, core, alice)
    told("caller plain  <null>")
    dialog.reoffer(alice)
    told("callee enforced sdes-srtp plain")
    dialog.hang_up()
    calls.no_sessions(stack)
