from lib import calls, check, idle


def run(stack):
    idle.shorten(stack)
    core, phones = stack.core(), [calls.agreed(stack, transport=transport)
                                  for transport in ("tcp", "tls")]
    caller = stack.phone("bob", "tls")
    calls.hang_up(calls.answered(caller, core), caller, core)
    idle.check_ended(stack, [*phones, caller])
    for phone in phones:
        check.status(phone.register(), 200)
    calls.hang_up(calls.answered(caller, core), caller, core)
