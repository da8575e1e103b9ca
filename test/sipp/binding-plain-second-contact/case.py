from lib import calls, check, sdp


def run(stack):
    core, first, second = stack.core(), calls.agreed(stack), stack.phone()
    check.status(second.register(client=(), tags=()), 200)
    plain = sdp.plain(stack.phone_ip)
    calls.refused(first, 494, offer=plain)
    calls.hang_up(calls.answered(second, core, offer=plain), second, core)
    calls.hang_up(calls.answered(first, core, *first.verify()), first, core)
    check.status(second.register(verify=(), client=(), tags=(), expires=0), 200)
    calls.refused(first, 494, offer=plain)
