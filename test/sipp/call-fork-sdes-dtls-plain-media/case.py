from lib import calls, check, parties, sdp

KINDS = (parties.SDES, parties.ACTIVE, parties.PLAIN)


def ring(stack, bob, phones, winner):
    bob.renew()
    offer = bob.offer()
    call = parties.invite(stack, bob, offer, target="alice")
    taken = [one.agent.request("INVITE") for one in phones]
    for one, got in zip(phones, taken):
        check.equal(sdp.read(got.body)[0].proto, one.kind.proto, "profile")
        one.agent.reply(got, 180)
    callee, got = phones[winner], taken[winner]
    callee.renew()
    answer = callee.answer(got.body)
    callee.agent.reply(got, 200, body=answer)
    check.status(call.final(), 200)
    call.ack()
    callee.agent.request("ACK")
    for one, lost in zip(phones, taken):
        if one is not callee:
            parties.cancelled(one.agent, lost)
    dialog = parties.Dialog(stack, bob, callee, call, got)
    dialog.last = parties.Exchange(bob, callee, offer, got.body, answer,
                                   call.reply.body)
    return dialog


def run(stack):
    bob = parties.registered(stack, parties.PLAIN, "bob")
    phones = [parties.registered(stack, kind) for kind in KINDS]
    for winner in range(len(KINDS)):
        dialog = ring(stack, bob, phones, winner)
        dialog.talk()
        dialog.hang_up()
        calls.no_sessions(stack)
    check.absent(bob.agent.wire, "crypto", "fingerprint", "SAVP", "3ge2ae")
