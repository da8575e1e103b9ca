from lib import calls, check, guard, ims, parties, registrar, sip

SERVERS = ims.Pcscf
DEFINES = {"SESSION_MIN": "90", "PASSWORD_LIMIT": "2"}
CLAIM = ('Authorization: Digest username="carol", realm="registrar.test", nonce="", '
         'response="", integrity-protected="yes"')
# what is left of them when one is taken out
HIDDEN = (CLAIM.replace("nonce", 'integrity-prot, integrity-protected="yes"ected="yes", '
                        'nonce'),
          CLAIM.replace(", integrity", ";integrity"),
          CLAIM.replace(", integrity", ', a="b"integrity'))
WISH = "<sip:carol@example.net>"
ROWS = ("Supported: timer", "Session-Expires: 1800", f"P-Preferred-Identity: {WISH}")
VISITED = "P-Visited-Network-ID: home.example"


def run(stack):
    core = parties.behind(stack)
    with registrar.serving(core.agent):
        carol = parties.Party(stack, stack.phone("carol", "tls"), parties.SDES)
        claim = carol.agent.build("REGISTER", f"sip:{stack.domain}", CLAIM,
                                  to=f"<{carol.agent.aor}>")
        check.status(carol.agent.ask(claim), 401)
        for one in HIDDEN:
            claim = carol.agent.build("REGISTER", f"sip:{stack.domain}", one,
                                      to=f"<{carol.agent.aor}>")
            check.status(carol.agent.ask(claim), 400)
        check.status(carol.agent.register(VISITED, tags=(*sip.TAGS, *ims.SEC_AGREE)), 200)
    check.rows(core.agent.taken[-1], "P-Visited-Network-ID", ["visited.example"])
    check.absent(core.agent.wire, "integrity-protected", "sec-agree")
    check.absent(carol.agent.wire, "ipsec-3gpp")
    offer = carol.offer()
    call = carol.agent.invite("200", offer, *carol.rows(), *ROWS, auth=False)
    dialog = parties.answered(stack, carol, core, call, offer)
    check.rows(dialog.invite, "P-Preferred-Identity", [WISH])
    dialog.talk(packets=20)
    dialog.hang_up(core)
    core.renew()
    carol.renew()
    dialog = parties.called(stack, core, carol)
    dialog.talk(packets=20)
    dialog.hang_up()
    check.absent(core.agent.wire, "mediasec", "crypto", "SAVP")

    open_port, guesses = stack.phone("bob"), stack.phone("carol", "tcp")
    with registrar.serving(core.agent):
        open_port.register()
        guard.guess(guesses, 2)
        guard.guess(guesses, 1, 403)
    calls.refused(open_port, 403, auth=False)
