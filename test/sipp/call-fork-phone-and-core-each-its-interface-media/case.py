from lib import calls, check, parties, sdp

LOAD = 'loadmodule "pv.so"'
COREX = (LOAD, f'{LOAD}\nloadmodule "corex.so"')
RELAY = '\tset_forward_no_connect();\n\tif(is_method("INVITE|SUBSCRIBE")) record_route();\n'
# the phone becomes a further branch, the first one goes to the core
BOTH = """	if($rU == "bob") {
		append_branch();
		$ru = "sip:mobile@%DOMAIN%";
		$du = "%NEXT_HOP%";
		$fs = "udp:%CORE_IP%:%CORE_PORT%";
	}
"""
# what is decided in branch_route comes too late
LATE = """	if($rU == "carol") {
		$fs = "udp:%CORE_IP%:%CORE_PORT%";
		t_on_branch("LATE");
	}
"""
ACCESS = """
branch_route[LATE] {
	$fs = "udp:%ACCESS_IP%:%ACCESS_PORT%";
}

route[TO_CORE]"""


def rings(stack, alice, bob, core, winner):
    offer = alice.offer()
    call = parties.invite(stack, alice, offer, target="bob")
    taken = {one: one.agent.request("INVITE") for one in (bob, core)}
    for one, proto, at in ((bob, "RTP/SAVP", stack.access),
                           (core, "RTP/AVP", stack.core_ip)):
        [line] = sdp.read(taken[one].body)
        check.equal((line.proto, line.address), (proto, at), "offer")
        one.agent.reply(taken[one], 180)
    calls.no_keys(core.agent)
    answer = winner.answer(taken[winner].body)
    winner.agent.reply(taken[winner], 200, body=answer)
    check.status(call.final(), 200)
    call.ack()
    winner.agent.request("ACK")
    [loser] = {bob, core} - {winner}
    parties.cancelled(loser.agent, taken[loser])
    dialog = parties.Dialog(stack, alice, winner, call, taken[winner])
    dialog.last = parties.Exchange(alice, winner, offer, taken[winner].body, answer,
                                   call.reply.body)
    dialog.talk()
    dialog.hang_up()
    calls.no_sessions(stack)


def run(stack):
    core = parties.behind(stack)
    stack.change(COREX, call=[(RELAY, BOTH + LATE + RELAY),
                              ("\nroute[TO_CORE]", ACCESS)])
    stack.restart()
    alice, bob, carol = (parties.registered(stack, parties.SDES, user)
                         for user in ("alice", "bob", "carol"))
    for winner in (bob, core):
        rings(stack, alice, bob, core, winner)
        for one in (alice, bob, core):
            one.renew()
    calls.refused(alice.agent, 500, *alice.rows(), offer=alice.offer(), target="carol")
    check.equal(carol.agent.seen(), [], "what carol gets")
    check.equal(stack.counters()["refused_internal"], 1, "refused branches")
    calls.no_sessions(stack)
