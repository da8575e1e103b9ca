from lib import calls, check, sdp

DEFINES = {"OUTBOUND": "mandatory", "MECHANISMS": "sdes-srtp",
           "REQUIRE_SECURE_TRANSPORT": "1"}
RELAY = "\tt_relay();\n\texit;\n}"
OWN = '\tt_on_branch("OWN");\n%s\n\nbranch_route[OWN] { return; }' % RELAY


def run(stack):
    stack.change(request=[(RELAY, OWN)])
    stack.restart()
    core, bob = stack.core(), stack.phone("bob")
    check.status(bob.register(client=(), tags=()), 200)
    invite = core.send(core.build("INVITE", f"sip:bob@{stack.domain}",
                                  body=sdp.plain(core.transport.address[0])))
    refusal = core.answer(invite)
    check.status(refusal, 488)
    core.acknowledge(invite, refusal)
    check.equal(bob.seen(), [], "what bob gets")
    check.equal(stack.counters()["refused_offer_mechanism"], 1, "refused branches")
    calls.no_sessions(stack)
