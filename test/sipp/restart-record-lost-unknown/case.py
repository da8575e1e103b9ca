from lib import calls, check, sdp

DEFINES = {"STORE": "usrloc", "UNKNOWN_BINDING": "refuse"}


def run(stack):
    alice = stack.phone()
    check.status(alice.register(client=(), tags=()), 200)
    plain, core = sdp.plain(stack.phone_ip), stack.core()
    for number, damage in enumerate((
            "DELETE FROM location_attrs",
            "UPDATE location_attrs SET avalue = 'v9' || avalue",
            "UPDATE location SET expires = datetime(expires, '-1 day')"), 1):
        calls.hang_up(calls.answered(alice, core, offer=plain), alice, core)
        stack.sql(damage)
        stack.crash()
        calls.refused(alice, 494, offer=plain)
        check.status(alice.register(client=(), tags=()), 200)
