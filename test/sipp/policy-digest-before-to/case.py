from lib import calls, check, sdp

DEFINES = {"RULE": "domain=example.net;policy=required"}
PLAIN = {"client": (), "tags": ()}


def run(stack):
    for domain in (None, "elsewhere.test", stack.access):
        phone = stack.phone(domain=domain)
        check.status(phone.register(**PLAIN), 421)
        check.status(phone.register(), 200)
        calls.refused(phone, 494, offer=sdp.plain(stack.phone_ip))
    check.equal(stack.counters()["refused_client_missing"], 3, "counter")
