from lib import calls, check, media, parties


def run(stack):
    alice = parties.registered(stack, parties.SDES)
    carol = parties.registered(stack, parties.ACTIVE, "carol")
    for caller, callee in ((alice, carol), (carol, alice)):
        dialog = parties.connect(stack, caller, callee)
        with media.capture(stack, stack.access, "access") as outside:
            dialog.talk()
        for tone in (media.UP, media.DOWN):
            check.that(not media.heard(outside, tone), f"{tone} Hz in clear outside")
        dialog.hang_up()
        calls.no_sessions(stack)
    check.absent(alice.agent.wire, "fingerprint", "setup:", "UDP/TLS")
    check.absent(carol.agent.wire, "crypto", "inline")
    check.that(carol.certificate.fingerprint not in alice.agent.wire, "fingerprint")
