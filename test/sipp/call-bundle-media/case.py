from lib import calls, check, parties, sdp


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    video = sdp.mline(alice.port, sdp.crypto(1), "a=mid:2", "a=rtcp-mux",
                      "a=rtpmap:96 VP8/90000", proto="RTP/SAVP", media="video",
                      formats="96")
    offer = alice.body(alice.line("a=mid:1", "a=rtcp-mux"), video,
                       session=["a=group:BUNDLE 1 2"])
    dialog = parties.connect(stack, alice, core, offer=offer)
    audio, film = sdp.read(dialog.invite.body)
    check.that(audio.port != film.port, "one port for both in the core")
    check.absent(dialog.invite.body, "BUNDLE")
    check.equal([bool(line.port) for line in sdp.read(dialog.call.reply.body)],
                [True, False], "lines that live")
    calls.no_keys(core.agent)
    dialog.talk()
    dialog.hang_up()
