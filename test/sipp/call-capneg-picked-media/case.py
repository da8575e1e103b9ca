from lib import calls, check, media, parties, sdp


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    key = sdp.crypto(1, alice.kind.suite, alice.key)[2:]
    offer = alice.body(sdp.mline(alice.port, f"a=acap:1 {key}", "a=tcap:1 RTP/SAVP",
                                 "a=pcfg:1 t=1 a=1", "a=3ge2ae:requested"))
    dialog = parties.connect(stack, alice, core, offer=offer)
    reply = dialog.call.reply
    [got] = sdp.read(reply.body)
    check.equal((got.proto, len(got.cryptos)), ("RTP/SAVP", 1), "answer")
    check.present(reply.body, "^a=acfg:1 t=1 a=1\r$")
    check.absent(core.agent.wire, "tcap", "acap", "pcfg", "acfg")
    calls.no_keys(core.agent)
    resolved = alice.offer()  # what the offer says once its 1st configuration counts
    dialog.last = parties.Exchange(alice, core, resolved, dialog.last.bodies[1],
                                   dialog.last.bodies[2], reply.body)
    with media.capture(stack, stack.access, "access") as outside:
        dialog.talk()
    check.that(not media.heard(outside, media.UP), "in clear outside")
    dialog.hang_up()
