import time

from lib import calls, check

DEFINES = {"STORE": "htable"}


def put(stack, expires, aor, version="v1"):
    """As another node would by DMQ."""
    flow = "udp:192.0.2.9:5060"
    stack.rpc("htable.sets", "mediasec", f"b|{flow}|{aor}",
              f"{version}|{expires}|{aor}|{aor}|sip:{aor}|{flow}|sdes-srtp|1|1|1|0")


def run(stack):
    calls.agreed(stack)
    put(stack, int(time.time()) + 1000, "there@example.net")
    put(stack, int(time.time()) - 1, "gone@example.net")
    put(stack, int(time.time()) + 1000, "broken@example.net", "v2")
    stack.rpc("htable.sets", "mediasec", "b|", "")
    stack.rpc("htable.seti", "mediasec", "b|number", 7)
    check.equal(sorted(one["aor"] for one in stack.rpc("mediasec.list")),
                ["alice@example.net", "there@example.net"], "bindings")
    check.equal(stack.rpc("mediasec.stats")["bindings"]["agreed"], 2, "number")
    check.equal(stack.fault("mediasec.show", "gone@example.net"), 404, "show")
    check.equal(stack.rpc("mediasec.drop", "gone@example.net"), {"dropped": 0}, "drop")
