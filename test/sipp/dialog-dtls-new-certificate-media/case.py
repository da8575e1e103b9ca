from lib import media, parties


def looks(stack):
    """How often rtpengine was asked whose certificates it has seen."""
    return stack.ng("statistics")["statistics"]["controlstatistics"]["totalquerycount"]


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.ACTIVE)
    dialog = parties.connect(stack, alice, core)
    dialog.talk(packets=20)
    alice.certificate = media.Certificate(stack, "second")
    alice.renew()
    before = looks(stack)
    dialog.reoffer(alice)
    parties.waited(lambda: looks(stack) >= before + 2, "nobody looks at certificates")
    dialog.talk(packets=20)
    dialog.hang_up()
