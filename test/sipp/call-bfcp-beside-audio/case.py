from lib import check, parties, sdp


def floor(party):
    return sdp.mline(2857, f"c=IN IP4 {party.ip}", "a=floorctrl:c-only",
                     "a=setup:active", proto="TCP/TLS/BFCP",
                     media="application", formats="*")


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core,
                             offer=alice.body(alice.line(), floor(alice)),
                             answer=core.body(core.line(), floor(core)))
    dialog.talk()
    for body, sender in ((dialog.invite.body, alice), (dialog.call.reply.body, core)):
        line = sdp.read(body)[1]
        check.equal((line.proto, line.address, line.port),
                    ("TCP/TLS/BFCP", sender.ip, 2857), "BFCP line")
        check.present("\n".join(line.lines), "a=setup:active")
    dialog.hang_up()
