import re

from lib import check, media, parties, sdp

ID = "a=tls-id:abc3de65cddef001be82"


def found(reply):
    return re.findall(r"^a=tls-id:(\S{20,})\r$", reply.body, re.M)


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.ACTIVE)
    dialog = parties.connect(stack, alice, core)
    check.equal(found(dialog.call.reply), [], "tls-id nobody asked for")
    dialog.hang_up()

    alice.renew()
    dialog = parties.connect(stack, alice, core, offer=alice.offer(ID))
    [first] = found(dialog.call.reply)
    check.that(first not in ID, "tls-id of the offer")
    dialog.talk()
    [again] = found(dialog.reoffer(alice, offer=alice.offer(ID)))
    check.equal(again, first, "tls-id of the re-offer's answer")
    check.absent(core.agent.wire, "tls-id")
    dialog.hang_up()

    alice.renew()
    film = sdp.mline(alice.port + 100, *alice.certificate.attributes("actpass"), ID,
                     proto="UDP/TLS/RTP/SAVP", media="video")
    answer = core.body(core.line(), sdp.mline(core.port + 100, media="video"))
    dialog = parties.connect(stack, alice, core, offer=alice.body(alice.line(), film),
                             answer=answer)
    audio, video = sdp.read(dialog.call.reply.body)
    check.equal([media.attribute(one, "tls-id") is not None for one in (audio, video)],
                [False, True], "tls-id of audio and video")
    dialog.hang_up()
