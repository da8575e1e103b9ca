from lib import check, parties, sdp

FAX = ("a=T38FaxVersion:0",)


def fax(party):
    return party.body(sdp.mline(party.port, *FAX, proto="udptl", media="image",
                                formats="t38"))


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    [first] = sdp.read(dialog.call.reply.body)
    reply = dialog.reoffer(core, offer=fax(core), answer=fax(alice))
    [line] = sdp.read(reply.body)
    check.equal((line.name, line.proto, bool(line.port)), ("image", "udptl", True),
                "answer to T.38")
    alice.renew()
    reply = dialog.reoffer(alice)
    [line] = sdp.read(reply.body)
    check.equal(line.proto, "RTP/SAVP", "profile after the fax")
    check.that(line.cryptos[0][2] != first.cryptos[0][2],
               "the key of before the fax again (S-110)")
    dialog.talk()
    dialog.hang_up()
