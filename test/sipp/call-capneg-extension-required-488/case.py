from lib import calls, check, parties, sdp


def offer(alice, required):
    key = sdp.crypto(1, alice.kind.suite, alice.key)[2:]
    return alice.body(sdp.mline(alice.port, f"a=creq:{required}", f"a=acap:1 {key}",
                                "a=tcap:1 RTP/SAVP", "a=pcfg:1 t=1 a=1"))


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    before = stack.counters()["refused_offer_plain"]
    calls.refused(alice.agent, 488, *alice.rows(), offer=offer(alice, "cap-v0,med-v0"))
    check.equal(stack.counters()["refused_offer_plain"], before + 1, "counter")
    check.equal(core.agent.seen(), [], "what reached the core")

    dialog = parties.connect(stack, alice, core, offer=offer(alice, "cap-v0"))
    [got] = sdp.read(dialog.call.reply.body)
    check.equal((got.proto, len(got.cryptos)), ("RTP/SAVP", 1), "answer")
    check.absent(core.agent.wire, "creq", "acap")
    calls.no_keys(core.agent)
    dialog.hang_up()
