from lib import calls, check, sdp

DEFINES = {"MECHANISMS": "sdes-srtp",
           "RULE": "domain=other.example;mechanisms=sdes-srtp,dtls-srtp"}
WRONG = "Security-Verify: wrong;mediasec"
BOTH = ["sdes-srtp;mediasec", "dtls-srtp;mediasec"]


def registers(phone, wanted):
    reply = phone.register()
    check.status(reply, 200)
    for one in (phone.challenge, reply):
        check.rows(one, "Security-Server", wanted)


def run(stack):
    core = stack.core()
    alice = stack.phone(domain="other.example")
    registers(alice, BOTH)
    talk = calls.answered(alice, core, *alice.verify())
    calls.hang_up(talk, alice, core)

    # a rule that allows more than who only says that it is about him would get
    stack.defines["RULE"] = DEFINES["RULE"].replace("other.example", stack.domain)
    stack.restart()
    bob, moved = stack.phone("bob"), stack.phone("bob")
    registers(bob, BOTH)
    refusal = calls.refused(moved, 494, WRONG)
    check.rows(refusal, "Security-Server", BOTH)
    challenge = moved.invite("200", sdp.secure(stack.phone_ip), WRONG, auth=False)
    check.status(challenge.final(), 407)
    moved.list = challenge.reply.values("Security-Server")
    check.equal(moved.list, BOTH[:1], "the list of a stranger")
    for phone in (bob, moved):
        calls.hang_up(calls.answered(phone, core, *phone.verify()), phone, core)
