from lib import calls, check, parties, sdp


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    for caller, callee in ((alice, core), (core, alice)):
        dialog = parties.connect(stack, caller, callee)
        for by in (core, alice) * 5:
            by.renew()
            dialog.reoffer(by)
            at_phone = dialog.last.bodies[3 if by is alice else 1]
            cryptos = sdp.read(at_phone)[0].cryptos
            tags = [tag for tag, _, _ in cryptos]
            check.equal(len(set(tags)), len(tags), "different tags")
            check.equal(len({key for _, _, key in cryptos}), len(tags), "own keys")
        dialog.talk(packets=20)
        dialog.hang_up()
    calls.no_keys(core.agent)
