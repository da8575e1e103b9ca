import time

from lib import check
from lib.message import token

# binding_grace is of the htable store
DEFINES = {"STORE": "htable", "POLICY": "required", "REJECT_LIMIT": "2"}


def put(stack, name, value):
    stack.rpc("cfg.set_now_int", "mediasec", name, value)
    if not name.endswith("_code"):  # what is checked by a function is write-only
        check.equal(stack.rpc("cfg.get", "mediasec", name), value, name)


def codes(phone, number, **fields):
    """What so many wrong REGISTERs get, one Call-ID."""
    phone.call_id = token()
    return [phone.register(verify=["wrong;mediasec"], **fields).status
            for _ in range(number)]


def left(stack):
    """Seconds to the end of alice's record, whose registration has 100."""
    check.status(stack.phone().register(expires=100), 200)
    return max(expires for _, _, expires in stack.agreements()) - time.time()


def run(stack):
    alice = stack.phone()
    check.equal(codes(alice, 4), [494, 494, 503, 503], "limit 2 of the parameter")
    put(stack, "reject_limit", 4)
    put(stack, "reject_window", 77)
    # two workers: each of them has to know
    check.equal(codes(alice, 9), [494] * 4 + [503] * 5, "limit 4")
    check.equal(alice.last.value("Retry-After"), "77", "Retry-After")
    put(stack, "reject_limit", 0)
    check.equal(codes(alice, 9), [494] * 9, "no limit")

    for code in (403, 494):
        put(stack, "mismatch_code", code)
        check.equal(codes(alice, 2), [code] * 2, "mismatch_code")
    for code in (403, 421):
        put(stack, "missing_client_code", code)
        for _ in range(2):
            check.status(alice.register(client=(), tags=()), code)

    check.that(98 <= left(stack) <= 132, "binding_grace 32")
    put(stack, "binding_grace", 1000)
    check.that(1098 <= left(stack) <= 1100, "binding_grace 1000")

    put(stack, "dialog_timeout", 60)
    before = stack.rpc("cfg.get", "mediasec")
    for name, value in (("missing_client_code", 420), ("mismatch_code", 421),
                        ("mismatch_code", 495), ("reject_limit", -1),
                        ("reject_window", 0), ("binding_grace", -1),
                        ("dialog_timeout", 0)):
        stack.fault("cfg.set_now_int", "mediasec", name, value)
    check.equal(stack.rpc("cfg.get", "mediasec"), before, "after wrong values")
    check.equal(codes(alice, 1), [494], "mismatch_code after wrong values")
    check.status(alice.register(client=(), tags=()), 421)
