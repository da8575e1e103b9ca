from lib import calls, check, ims, parties, registrar

SERVERS = ims.Pcscf


def run(stack):
    core = parties.behind(stack)
    with registrar.serving(core.agent):
        carol = parties.registered(stack, parties.SDES, "carol", transport="tls")
        check.absent(carol.agent.wire, "ipsec-3gpp")
    offer = carol.offer()
    call = carol.agent.invite("200", offer, *carol.rows(), auth=False)
    dialog = parties.answered(stack, carol, core, call, offer)
    dialog.talk(packets=20)
    dialog.hang_up(core)
    core.renew()
    carol.renew()
    dialog = ims.called(stack, core, carol)
    dialog.talk(packets=20)
    dialog.hang_up()
    check.absent(core.agent.wire, "mediasec", "crypto", "SAVP")

    open_port = stack.phone("bob")
    with registrar.serving(core.agent):
        open_port.register()
    calls.refused(open_port, 403, auth=False)

