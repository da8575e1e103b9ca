from lib import calls, parties, sdp

GCM = parties.Kind("AEAD-256", "AEAD_AES_256_GCM")


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    dialog.talk(packets=20)
    alice.key = sdp.key()
    dialog.reoffer(alice)
    dialog.talk(packets=20)
    alice.kind, alice.key = GCM, sdp.key(GCM.suite)
    dialog.reoffer(alice)
    dialog.talk(packets=20)
    alice.key = sdp.key(GCM.suite)
    dialog.reoffer(core)
    dialog.talk(packets=20)
    calls.no_keys(core.agent)
    dialog.hang_up()
