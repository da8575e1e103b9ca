from lib import calls, check, parties, sdp
from lib.proxy import Proxy


def run(stack):
    core = stack.core()
    alice = parties.registered(stack, parties.SDES)
    with Proxy(core, {"200": "carol", "201": "bob"}):
        for number, user, kind in (("200", "carol", parties.SDES),
                                   ("201", "bob", parties.PLAIN)):
            alice.renew()
            play(stack, alice, parties.registered(stack, kind, user), number)
    check.absent(core.wire, "crypto", "inline", "3ge2ae")


def play(stack, alice, callee, number):
    offer = alice.offer()
    call = parties.invite(stack, alice, offer, target=number)
    dialog = parties.answered(stack, alice, callee, call, offer)
    check.equal(sdp.read(dialog.invite.body)[0].proto, callee.kind.proto, "profile")
    dialog.talk(packets=30)
    for by in (alice, callee):
        by.renew()
        dialog.reoffer(by)
        dialog.talk(packets=30)
    for one in (alice, callee):
        check.that(not one.key or one.key not in dialog.other(one).agent.wire,
                   "a key reached the other phone")
    dialog.hang_up()
    calls.no_sessions(stack)
