from lib import calls, check, parties, sdp


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    for plain_first in (True, False):
        alice.renew()
        lines = [sdp.mline(alice.port), alice.line()]
        offer = alice.body(*(lines if plain_first else reversed(lines)))
        dialog = parties.connect(stack, alice, core, offer=offer)
        answer = sdp.read(dialog.call.reply.body)
        check.equal([line.proto for line in answer],
                    [line.proto for line in sdp.read(offer)], "profiles")
        check.equal([bool(line.port) for line in answer],
                    [not plain_first, plain_first], "lines that live")
        dialog.talk()
        dialog.hang_up()
    calls.no_keys(core.agent)
