from lib import check, sdp

DEFINES = {"REGISTRAR": "sip:{core}"}


def run(stack):
    core, stranger = stack.core(), stack.phone("mallory")
    offer = sdp.plain(stack.phone_ip)
    sent = stranger.send(stranger.build("INVITE", f"sip:200@{stack.domain}",
                                        body=offer))
    taken = core.request("INVITE")
    check.present(taken.value("Record-Route"), ";ms=")
    core.reply(taken, 407, 'Proxy-Authenticate: Digest realm="r", nonce="n"')
    reply = stranger.answer(sent)
    check.status(reply, 407)
    check.absent(stranger.wire, "Record-Route")
    stranger.acknowledge(sent, reply)
    core.request("ACK")

    gateway = "sip:premium@%s:%d" % core.transport.address
    sent = stranger.send(stranger.build(
        "INVITE", gateway, f"Route: <sip:{stack.access}:{stack.ports['access']};lr>",
        f"Route: <{gateway};lr>", to=f"<{gateway}>;tag=forged", body=offer))
    check.status(stranger.answer(sent), 481)
    core.seen()
    check.absent(core.wire, "premium")
