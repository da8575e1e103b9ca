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
    taken = calls.take(alice.agent, callee.agent, call)
    check.equal(sdp.read(taken.body)[0].proto, callee.kind.proto, "profile")
    answer = callee.answer(taken.body)
    callee.agent.reply(taken, 200, body=answer)
    check.status(call.final(), 200)
    call.ack()
    callee.agent.request("ACK")
    dialog = parties.Dialog(stack, alice, callee, call, taken)
    dialog.last = parties.Exchange(alice, callee, offer, taken.body, answer,
                                   call.reply.body)
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
