from lib import check, parties, sdp


def message(party):
    return sdp.mline(2855, "a=accept-types:text/plain", "a=setup:active",
                     f"a=path:msrps://{party.ip}:2855/s;tcp", "a=3ge2ae:requested",
                     proto="TCP/TLS/MSRP", media="message", formats="*")


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core,
                             offer=alice.body(alice.line(), message(alice)),
                             answer=core.body(core.line(), message(core)))
    for body, sender in ((dialog.invite.body, alice), (dialog.call.reply.body, core)):
        line = sdp.read(body)[1]
        check.equal((line.proto, line.port), ("TCP/TLS/MSRP", 2855), "MSRP line")
        check.present("\n".join(line.lines), f"a=path:msrps://{sender.ip}:2855",
                      "a=setup:active")
    check.absent(core.agent.wire, "3ge2ae", "crypto", "inline")
    dialog.talk()
    dialog.hang_up()
