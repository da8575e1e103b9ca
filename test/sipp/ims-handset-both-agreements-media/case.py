import re

from lib import check, ims, parties, sdp

SERVERS = ims.Pcscf


def run(stack):
    core = parties.behind(stack)
    alice = parties.Party(stack, ims.registered(stack, core.agent), parties.SDES)
    agreed_on_both(stack, core.agent, alice.agent)

    talk(parties.connect(stack, alice, core))
    check.present(core.agent.wire, "^P-Asserted-Identity: <sip:granted@")
    core.renew()
    alice.renew()
    dialog = parties.called(stack, core, alice)
    check.equal(sdp.read(dialog.invite.body)[0].proto, "RTP/SAVP", "offered to alice")
    talk(dialog)
    alice.agent.within()
    used = stack.air.encrypted()
    check.that(all(used.values()), f"associations that nobody used: {used}")
    check.absent(core.agent.wire, "mediasec", "sec-agree", "^Security-", "crypto", "SAVP")


def agreed_on_both(stack, core, alice):
    check.equal(sorted(row.partition(";")[0] for row in
                       alice.challenge.values("Security-Server")),
                ["ipsec-3gpp", "sdes-srtp"], "agreed on")
    check.absent(alice.wire, ims.CK, ims.IK, "[ci]k=")
    alice.is_associated()
    check.rows(alice.last, "Security-Server", ["sdes-srtp;mediasec"])
    check.equal([re.findall(r'integrity-protected="?(\w+)', one.value("Authorization"))
                 for one in core.taken], [["no"], ["yes"]], "integrity-protected")
    for request in core.taken:
        check.absent(request, "mediasec", "sec-agree", "^Security-", "^Require",
                     "^Proxy-Require")
        check.present(request, "^P-Access-Network-Info: 3GPP-E-UTRAN-FDD;utran-cell",
                      "^P-Visited-Network-ID: ")


def talk(dialog):
    """Media, a re-offer of each side, and the end by the one who was called."""
    dialog.talk(packets=20)
    for by in (dialog.callee, dialog.caller):
        dialog.reoffer(by)
    dialog.hang_up(dialog.callee)
