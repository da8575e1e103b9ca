from lib import calls, check, media, parties, sdp

DEFINES = {"OUTBOUND": "forbidden"}
REFUSED = "refused_offer_forbidden"


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    plain = parties.Party(stack, alice.agent, parties.PLAIN)
    dialog = parties.connect(stack, core, plain)
    check.absent(dialog.invite.body, "crypto", "SAVP", "3ge2ae")
    with media.capture(stack, stack.access, "access") as outside:
        dialog.talk()
    check.that(media.heard(outside, media.DOWN), "the leg is not in clear")
    sent = dialog.send(plain, "INVITE", body=alice.offer())
    check.status(alice.agent.answer(sent), 488)
    check.equal(stack.counters()[REFUSED], 1, "counter")
    dialog.talk(packets=20)
    dialog.hang_up()

    for number, offer in enumerate((core.offer(), None), 2):
        call = parties.invite(stack, core, offer, target="alice")
        taken = calls.take(core.agent, alice.agent, call)
        alice.agent.reply(taken, 200, body=sdp.secure(stack.phone_ip))
        check.status(call.final(), 488)
        alice.agent.request("ACK")
        alice.agent.reply(alice.agent.request("BYE"), 200)
        check.equal(stack.counters()[REFUSED], number, "counter")
    calls.no_sessions(stack)

    alice.renew()
    dialog = parties.connect(stack, alice, core)
    dialog.talk(packets=20)
    dialog.hang_up()
    calls.no_keys(core.agent)
    calls.no_sessions(stack)
