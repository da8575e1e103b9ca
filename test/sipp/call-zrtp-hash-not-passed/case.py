from lib import calls, check, parties

HASH = ("a=zrtp-hash:1.10 "
        "fe30efd02423cb054e50efd0248742ac7a52c8f91bc2df881ae642c371ba46df")


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core, offer=alice.offer(HASH),
                             answer=core.offer(HASH))
    check.absent(core.agent.wire, "zrtp")
    check.absent(dialog.call.reply.body, "zrtp")
    calls.no_keys(core.agent)
    dialog.talk()
    dialog.hang_up()
