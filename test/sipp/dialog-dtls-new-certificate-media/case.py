from lib import media, parties


def looks(stack):
    """How often rtpengine was asked whose certificates it has seen."""
    return stack.ng("statistics")["statistics"]["controlstatistics"]["totalquerycount"]


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.ACTIVE)
    counters = stack.counters()
    dialog = parties.connect(stack, alice, core)
    dialog.talk(packets=20)
    parties.counted(stack, counters, "dtls_verified")
    before = looks(stack)
    alice.certificate = media.Certificate(stack, "second")
    alice.renew()
    dialog.reoffer(alice)
    parties.waited(lambda: looks(stack) > before, "nobody looks at certificates")
    dialog.talk(packets=20)
    parties.counted(stack, counters, "dtls_verified", number=2)
    dialog.hang_up()
