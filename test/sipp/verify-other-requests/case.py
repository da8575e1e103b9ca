from lib import calls, check


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    target = f"sip:200@{stack.domain}"
    for method in ("MESSAGE", "OPTIONS", "SUBSCRIBE"):
        for rows, passes in (([], True), (alice.verify(), True),
                             (["Security-Verify: wrong;mediasec"], False)):
            first = alice.build(method, target, *rows, "Require: mediasec",
                                "Event: presence")
            challenge = alice.ask(first)
            check.status(challenge, 407)
            sent = alice.send(alice.authorize(first, challenge))
            if passes:
                core.reply(core.request(method), 200)
            check.status(alice.answer(sent), 200 if passes else 494)
    calls.no_keys(core)
