from lib import calls, check, sdp

DEFINES = {"STORE": "htable"}  # for the other: store-usrloc-lost-connection-unknown


def run(stack):
    core, alice = stack.core(), calls.agreed(stack, transport="tcp")
    calls.hang_up(calls.answered(alice, core, *alice.verify()), alice, core)
    alice.close()
    again = stack.phone(transport="tcp")
    calls.refused(again, 494, offer=sdp.plain(stack.phone_ip))
    check.status(again.register(), 200)
    calls.hang_up(calls.answered(again, core, *again.verify()), again, core)
    calls.no_keys(core)
