from lib import calls, check, sdp


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    talk = calls.answered(alice, core, *alice.verify())
    sent = talk.call.inside("INVITE", body=sdp.plain(stack.phone_ip))
    for change in (lambda name, value: (name, "stolen" if name == "Call-ID" else value),
                   _other_mark):
        forged = type(sent)(sent.start, [change(*row) for row in sent.headers],
                            sent.body)
        reply = alice.ask(forged)
        check.that(reply.status >= 400, f"forged mark: {reply.start}")
        talk.call.acknowledge(forged, reply)
    check.equal([one.start for one in core.seen()], [], "what reached the core")
    calls.hang_up(talk, alice, core)


def _other_mark(name, value):
    """Every parameter value of the Route of ours but those that loose_route()
    lives from, with another last letter."""
    if name != "Route":
        return name, value
    head, *parameters = value.rstrip(">").split(";")
    return name, ";".join([head] + [
        one if "=" not in one or one.startswith(("ftag=", "r2=", "transport="))
        else one[:-1] + ("A" if one[-1] != "A" else "B")
        for one in parameters]) + ">"
