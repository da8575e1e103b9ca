import http.client
import xmlrpc.client

from lib import calls, check


def ask(stack, method, *params):
    """The answer, or the code of the fault."""
    link = http.client.HTTPConnection(stack.access, stack.ports["access"], timeout=5)
    try:
        link.request("POST", "/RPC2", xmlrpc.client.dumps(params, method),
                     {"Content-Type": "text/xml"})
        return xmlrpc.client.loads(link.getresponse().read())[0][0]
    except xmlrpc.client.Fault as fault:
        return fault.faultCode
    finally:
        link.close()


def run(stack):
    calls.agreed(stack)
    check.status(stack.phone("bob").register(client=(), tags=()), 200)
    aor = "alice@example.net"
    for params in ((), ("*@*",), ("bob@*",), ("*", "sdes-srtp"), ("*", "none"),
                   ("*", "*", 1), ("*", "*", 0, 1)):
        seen = ask(stack, "mediasec.list", *params)
        wanted = stack.rpc("mediasec.list", *params)
        check.equal([one["aor"] for one in seen], [one["aor"] for one in wanted],
                    f"list{params}")
    check.equal(ask(stack, "mediasec.list", "*", "x"), 400, "no such mechanism")
    check.equal(ask(stack, "mediasec.show"), 400, "show without AoR")
    check.equal(ask(stack, "mediasec.show", "carol@example.net"), 404, "unknown AoR")
    check.equal(ask(stack, "mediasec.show", aor)[0]["agreed"], "sdes-srtp", "show")
    check.equal(ask(stack, "mediasec.stats"), stack.rpc("mediasec.stats"), "stats")
    check.equal(ask(stack, "mediasec.drop", aor), {"dropped": 1}, "drop")
