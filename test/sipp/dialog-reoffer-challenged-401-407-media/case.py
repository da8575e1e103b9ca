from lib import calls, parties

CHALLENGES = {401: "WWW-Authenticate", 407: "Proxy-Authenticate"}


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    for code, name in CHALLENGES.items():
        old = alice.port, alice.key
        alice.renew()
        offer = alice.offer()
        dialog.rejected(alice, code, offer, f'{name}: Digest realm="core", nonce="1"')
        new, (alice.port, alice.key) = (alice.port, alice.key), old
        dialog.talk(packets=20)
        alice.port, alice.key = new
        dialog.reoffer(alice, offer=offer)
        dialog.talk(packets=20)
    calls.no_keys(core.agent)
    dialog.hang_up()
