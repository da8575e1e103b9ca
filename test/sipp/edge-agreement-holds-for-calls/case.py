from lib import calls, check, registrar, sdp

DEFINES = {"REGISTRAR": "sip:{core}"}


def run(stack):
    core, alice = stack.core(), stack.phone()
    with registrar.serving(core):
        check.status(alice.register(), 200)
    calls.refused(alice, 494, "Security-Verify: wrong;mediasec", auth=False)
    calls.refused(alice, 494, offer=sdp.plain(stack.phone_ip), auth=False)
    core.seen()
    check.equal(core.inbox, [], "what reached the core")
    talk = calls.answered(alice, core, *alice.verify(), auth=False)
    calls.no_keys(core)
    check.equal(len(sdp.read(talk.answer.body)[0].cryptos), 1, "a=crypto")
    calls.hang_up(talk, alice, core)
