from lib import calls, check, parties, sdp

DEFINES = {"REQUIRE_SECURE_TRANSPORT": "1"}


def run(stack):
    alice = parties.registered(stack, parties.SDES, transport="tls")
    bob = parties.registered(stack, parties.PLAIN, "bob")
    call = parties.invite(stack, bob, bob.offer(), target="alice")
    taken = alice.agent.request("INVITE")
    alice.agent.reply(taken, 200, body=alice.body(sdp.mline(alice.port)))
    check.status(call.final(), 488)
    alice.agent.request("ACK")
    alice.agent.reply(alice.agent.request("BYE"), 200)
    calls.no_sessions(stack)
    dialog = parties.connect(stack, bob, alice)
    dialog.talk(packets=30)
    dialog.hang_up()
