from lib import calls, check, sdp

DEFINES = {"STORE": "usrloc", "UNKNOWN_BINDING": "secure"}


def run(stack):
    core, alice = stack.core(), calls.agreed(stack, transport="tcp")
    calls.hang_up(calls.answered(alice, core, *alice.verify()), alice, core)
    alice.close()
    again = stack.phone(transport="tcp")
    calls.refused(again, 488, offer=sdp.plain(stack.phone_ip))
    check.status(again.register(), 200)
    calls.refused(again, 494, offer=sdp.plain(stack.phone_ip))
    calls.hang_up(calls.answered(again, core, *again.verify()), again, core)
    calls.no_keys(core)
