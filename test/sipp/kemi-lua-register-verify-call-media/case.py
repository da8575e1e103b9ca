from lib import calls, check, lua, media, sdp

DEFINES = {**lua.DEFINES, "REJECT_LIMIT": "2"}


def run(stack):
    core, alice = stack.core(), stack.phone()
    wrong = ["wrong;mediasec"]
    for code in (494, 494, 503):
        check.status(alice.register(verify=wrong), code)
    check.that(alice.list, "register(): no list on the 401")
    check.status(alice.register(), 200)
    check.equal([one["state"] for one in stack.rpc("mediasec.list")], ["agreed"],
                "bindings")

    call = alice.invite("200", sdp.secure(stack.phone_ip, calls.PHONE_PORT),
                        "Security-Verify: wrong;mediasec")
    check.rows(call.challenge, "Security-Server", alice.list)  # challenge()
    check.status(call.final(), 494)  # verify()
    calls.refused(alice, 488, *alice.verify(), offer=sdp.plain(stack.phone_ip))
    calls.no_keys(core)

    offer = sdp.secure(stack.phone_ip, calls.PHONE_PORT)
    answer = sdp.plain(core.transport.address[0], calls.CORE_PORT)
    talk = calls.answered(alice, core, *alice.verify(), offer=offer, answer=answer)
    phone, behind = media.ends(offer, talk.invite.body, answer, talk.answer.body)
    with media.capture(stack, stack.access, "access") as outside:
        media.talk(phone, behind)  # media()
    for tone in (media.UP, media.DOWN):
        check.that(not media.heard(outside, tone), f"{tone} Hz in clear outside")
    calls.no_keys(core)
    calls.hang_up(talk, alice, core)
    calls.no_sessions(stack)

    check.status(alice.register(expires=0), 200)
    check.equal(stack.rpc("mediasec.list"), [], "bindings after the end")
    plain = stack.phone("bob")
    check.status(plain.register(client=(), tags=()), 200)
    talk = calls.answered(plain, core, offer=sdp.plain(stack.phone_ip))
    calls.hang_up(talk, plain, core)
