from lib import calls, check, parties

# what ends the lines of the headers, and the headers
ENDS = (("\n", "\n"), ("\r\n", "\n"), ("\n", "\r\n"), ("\r\n", "\r"))


def replies(agent):
    agent.seen()
    return agent.wire.count("SIP/2.0 200")


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    for number, (line, empty) in enumerate(ENDS):
        options = core.agent.send(core.agent.build("OPTIONS",
                                                   f"sip:alice@{stack.domain}"))
        got = parties.arrives(core.agent, alice.agent, options)
        # a 100 goes no further
        text = str(alice.agent.reply(got, 100, body=alice.offer()))
        head, body = text.replace(" 100 ", " 200 ", 1).split("\r\n\r\n")
        odd = head.replace("\r\n", line) + line + empty + body
        alice.agent.transport.send(odd.encode(), got.source)
        alice.agent.reply(got, 200)
        parties.waited(lambda n=number: replies(core.agent) > n, "no 200")
        calls.no_keys(core.agent)
    check.equal(stack.counters()["stripped"], 2 * len(ENDS), "bodies taken out")
