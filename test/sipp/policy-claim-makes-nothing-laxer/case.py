from lib import calls, check, policies, registrar, sdp

DEFINES = {"REGISTRAR": "sip:{core}", "UNKNOWN_BINDING": "secure",
           "REQUIRE_SECURE_TRANSPORT": "1", "MECHANISMS": "sdes-srtp,dtls-srtp"}
LAX = ("lax.test", "", "unknown_binding=plain;require_secure_transport=0")
STRICT = ("strict.test", "", "inbound=mandatory;require_secure_transport=0")
PLAIN = {"client": (), "tags": ()}


def tag(aor):
    return f"<sip:{aor}>;tag=abc"


def run(stack):
    policies.use(stack, LAX, STRICT)
    core = stack.core()
    stranger, plain = stack.phone("bob"), sdp.plain(stack.phone_ip)
    secure = sdp.secure(stack.phone_ip)
    with registrar.serving(core):  # a record of whom the stranger claims to be
        member = stack.phone(domain="lax.test")
        check.status(member.register(), 200)

    claims = ({"sender": tag("alice@lax.test")}, {"sender": tag("nobody@lax.test")},
              {"sender": tag("alice@strict.test")}, {})
    for claim in claims:
        for rows in ((), ("P-Preferred-Identity: <sip:nobody@lax.test>",)):
            for offer in (plain, secure):
                call = stranger.invite("200", offer, *rows, auth=False, **claim)
                check.that(call.final().status in (488, 494), call.reply.start)
    check.equal(core.inbox, [], "what reached the core")
    talk = calls.answered(member, core, *member.verify(), auth=False)
    calls.hang_up(talk, member, core)

    # who is known to be laxer is held to what he claims only where he is not known
    stack.defines["UNKNOWN_BINDING"] = "plain"
    stack.restart()
    calls.hang_up(calls.answered(stranger, core, offer=plain, auth=False),
                  stranger, core)
    calls.refused(stranger, 488, offer=plain, auth=False,
                  sender=tag("alice@strict.test"))
    with registrar.serving(core):
        check.status(stranger.register(**PLAIN), 200)
    talk = calls.answered(stranger, core, offer=plain, auth=False,
                          sender=tag("alice@strict.test"))
    calls.hang_up(talk, stranger, core)
