from lib import calls, check, parties

# what is wrong with the second answer -> counter, its body
WRONG = {
    "it cannot be read": ("sdp_malformed", lambda party: "v=0\r\nbroken\r\n"),
    "a stream more":
        ("relay_failed", lambda party: party.body(party.line(), party.line())),
}


def play(stack, alice, core, second, wrong):
    reason, body_of = WRONG[wrong]
    dialog = parties.connect(stack, alice, core)
    answer = dialog.last.bodies[2]
    dialog.talk(packets=30)
    before = stack.counters()[f"refused_{reason}"]
    for _ in range(2):
        core.agent.reply(parties.forked(dialog.invite, "second"), 200,
                         body=body_of(second))
    bye = core.agent.request("BYE")
    check.equal(bye.tag("To"), "second", f"{wrong}: To-tag of the BYE")
    core.agent.reply(bye, 200)
    core.agent.reply(dialog.invite, 200, body=answer)
    repeated = dialog.call.final()
    check.equal((repeated.status, repeated.body), (200, dialog.last.bodies[3]),
                f"{wrong}: the repeated 200")
    check.equal([one.start for one in core.agent.seen() + alice.agent.seen()
                 if one.method not in ("ACK", "INVITE")], [], "messages besides")
    check.equal(stack.counters()[f"refused_{reason}"], before + 1, "counter")
    dialog.talk(packets=30)
    dialog.outlives_rejection(stack, alice)
    dialog.hang_up()
    calls.no_sessions(stack)


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    second = parties.Party(stack, core.agent, parties.PLAIN)
    for wrong in WRONG:
        play(stack, alice, core, second, wrong)
