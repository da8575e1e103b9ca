from lib import calls, check, sdp


def run(stack):
    first, second = calls.agreed(stack), calls.agreed(stack)
    check.equal(len(stack.agreements()), 2, "agreements")
    check.status(first.register(verify=(), expires=0, contact="*"), 200)
    check.equal(stack.agreements(), [], "agreements")
    calls.answered(second, stack.core(), offer=sdp.plain(stack.phone_ip))
