from lib import check, parties, sdp


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.ACTIVE)
    offer = alice.body(
        sdp.mline(alice.port, "a=setup:actpass", proto=alice.kind.proto),
        session=[f"a=fingerprint:{alice.certificate.fingerprint}"])
    dialog = parties.connect(stack, alice, core, offer=offer)
    dialog.talk()
    check.absent(core.agent.wire, "fingerprint", "setup:")
    dialog.hang_up()
