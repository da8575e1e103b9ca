from lib import media, parties


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.ACTIVE)
    dialog = parties.connect(stack, alice, core)
    dialog.talk(packets=20)
    alice.certificate = media.Certificate(stack, "second")
    alice.renew()
    dialog.reoffer(alice)
    dialog.talk(packets=20)
    dialog.hang_up()
