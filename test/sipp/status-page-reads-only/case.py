import socket

from lib import calls, check, sdp
from lib.status import PASSWORD, Status

SERVERS = Status


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    calls.hang_up(calls.answered(alice, core, *alice.verify()), alice, core)
    calls.refused(alice, 488, *alice.verify(), offer=sdp.plain(stack.phone_ip))

    for how, status in (({"user": None}, 401), ({"password": "x"}, 401),
                        ({"user": "", "password": ""}, 401), ({"user": "admin"}, 401),
                        ({"user": "alice", "password": "alice-pw"}, 401),
                        ({"password": f"{PASSWORD}x"}, 401),
                        ({"method": "POST"}, 405)):
        for path in ("/", "/stats", "/bindings?0"):
            code, rows, body = stack.page(path, **how)
            check.equal((code, body), (status, ""), f"{path} with {how}")
            check.equal("WWW-Authenticate" in rows, status == 401, "asks for it")
        check.equal(stack.page("/stats")[0], 200, "the right one after it")
    for path in ("/metrics", "/bindings", "/bindings?-1", '/bindings?0,"x"', "/RPC",
                 "/../kamailio.cfg", "/bindings?999999999"):
        check.equal(stack.page(path)[0], 404, path)

    options = alice.build("OPTIONS", f"sip:{stack.domain}").encode().decode()
    socket_please = "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n\r\n"
    for asked in (options.replace("UDP", "TLS"), socket_please):
        got = stack.first_answer(asked, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        check.that(got.startswith("HTTP/1.1 401"), f"to {asked[:20]}: {got[:80]}")

    code, rows, body = stack.page("/")
    check.equal((code, rows["Content-Type"]), (200, "text/html; charset=utf-8"), "page")
    check.present(rows["Content-Security-Policy"], "default-src 'none'")
    check.absent(body, r"(src|href)=.(?!data:)", "https?://(?!www.w3.org)", "@import")

    check.equal(stack.told("/stats"), stack.rpc("mediasec.stats"), "/stats")
    check.equal(stack.told("/policies"), stack.rpc("mediasec.policies"), "/policies")
    for one, other in zip(stack.told("/bindings?0"), stack.rpc("mediasec.list"),
                          strict=True):
        check.that(abs(one.pop("expires") - other.pop("expires")) < 3, "expires")
        check.equal(one, other, "/bindings?0")
    check.equal(stack.told("/bindings?1"), [], "the next page")
    for path in ("/legs", "/refused"):
        check.that(stack.told(path), f"{path} is empty")
        check.absent(stack.page(path)[2], "inline:")

    port = stack.port
    del stack.defines["STATUS_PASSWORD"]
    stack.restart()
    with socket.socket() as probe:
        check.that(probe.connect_ex((stack.core_ip, port)) != 0,
                   "somebody listens without STATUS_PASSWORD")
