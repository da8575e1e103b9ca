from lib import calls, check


def run(stack):
    first, second = calls.agreed(stack), calls.agreed(stack)
    check.equal(len(stack.agreements()), 2, "agreements")
    check.status(first.register(verify=(), expires=0, contact="*"), 200)
    check.equal(stack.agreements(), [], "agreements")
    core = stack.core()
    calls.answered(second, core, offer="v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n"
                   "c=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n")
