from lib import calls, check, sdp


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    stack.restart()
    check.equal(len(stack.agreements()), stack.defines["STORE"] == "usrloc",
                "agreements")
    calls.refused(alice, 494, "Security-Verify: wrong;mediasec")
    calls.refused(alice, 488, *alice.verify(), offer=sdp.plain(stack.phone_ip))
    talk = calls.answered(alice, core, *alice.verify())
    check.equal(len(sdp.read(talk.answer.body)[0].cryptos), 1, "a=crypto")
    calls.no_keys(core)
    calls.hang_up(talk, alice, core)
