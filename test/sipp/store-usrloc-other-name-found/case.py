from lib import calls, check, sdp

DEFINES = {"STORE": "usrloc", "UNKNOWN_BINDING": "secure"}
ANONYMOUS = {"sender": "<sip:anonymous@anonymous.invalid>;tag=x"}
DB_MODE = 'modparam("usrloc", "db_mode", DB_MODE)\n'


def run(stack):
    stack.change((DB_MODE, f'{DB_MODE}modparam("usrloc", "use_domain", 1)\n'))
    stack.crash()
    alice = calls.agreed(stack, domain="pbx.test")
    stray, plain = stack.phone(), sdp.plain(stack.phone_ip)
    for begin in (lambda: None, stack.crash):
        begin()
        calls.refused(stray, 494, offer=plain, **ANONYMOUS)
        calls.refused(alice, 494, offer=plain, **ANONYMOUS)
    branch = stack.phone(domain="branch.test")  # alice once more, by another name
    for last in {"expires": 0}, {"client": (), "tags": ()}:
        check.status(branch.register(), 200)
        check.status(branch.register(**last), 200)
        calls.refused(stray, 494, offer=plain, **ANONYMOUS)
    check.status(alice.register(expires=0), 200)
    calls.refused(stray, 488, offer=plain, **ANONYMOUS)
