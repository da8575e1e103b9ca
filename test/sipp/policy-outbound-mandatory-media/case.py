from lib import calls, check, media, parties, sdp

DEFINES = {"OUTBOUND": "mandatory"}


def run(stack):
    core = parties.behind(stack)
    phone = parties.registered(stack, parties.PLAIN).agent
    alice = parties.Party(stack, phone, parties.SDES)
    plain = parties.Party(stack, phone, parties.PLAIN)
    dialog = parties.connect(stack, core, alice)
    with media.capture(stack, stack.access, "access") as outside:
        dialog.talk()
    for tone in (media.UP, media.DOWN):
        check.that(not media.heard(outside, tone), f"{tone} Hz in clear outside")
    alice.renew()
    dialog.reoffer(core)
    dialog.talk(packets=20)
    dialog.hang_up()

    call = parties.invite(stack, core, core.offer(), target="alice")
    taken = calls.take(core.agent, phone, call)
    check.equal(sdp.read(taken.body)[0].proto, "RTP/SAVP", "profile of the offer")
    phone.reply(taken, 200, body=plain.offer())
    check.status(call.final(), 488)
    phone.request("ACK")
    phone.reply(phone.request("BYE"), 200)
    check.equal(stack.counters()["refused_answer_insecure"], 1, "counter")

    dialog = parties.connect(stack, plain, core)
    dialog.talk(packets=20)
    dialog.hang_up()
    calls.no_keys(core.agent)
    calls.no_sessions(stack)
