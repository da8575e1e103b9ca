import http.client
import re
import socket

from lib import calls, check, sdp
from lib.stack import free
from lib.status import first_answer

DEFINES = {"MECHANISMS": "sdes-srtp,dtls-srtp"}


def get(address, port, source, path="/metrics"):
    link = http.client.HTTPConnection(address, port, timeout=5,
                                      source_address=(source, 0))
    try:
        link.request("GET", path)
        answer = link.getresponse()
        return answer.status, answer.read().decode()
    finally:
        link.close()


def read(text):
    return {name: int(float(value)) for name, value in
            re.findall(r"^kamailio_mediasec_(\w+)(?:\{[^}]*\})? ([\d.]+)", text, re.M)}


def run(stack):
    port = free(stack.core_ip)
    prometheus, core_ip = f"{stack.core_ip}1", stack.core_agent[0]
    stack.defines |= {"PROM_PORT": str(port), "PROM_PEERS": prometheus}
    stack.restart()
    status, text = get(stack.core_ip, port, prometheus)
    check.equal(status, 200, "status")
    check.equal(read(text), dict.fromkeys(stack.counters(), 0), "at start")

    core, alice = stack.core(), calls.agreed(stack)
    check.status(stack.phone("bob").register(client=("dtls-srtp;mediasec",)), 200)
    carol = stack.phone("carol")
    check.status(carol.register(client=(), tags=()), 200)
    check.status(alice.register(verify=["wrong;mediasec"]), 494)
    calls.refused(alice, 488, *alice.verify(),
                  offer="v=0\r\no=- 1 1 IN IP4 192.0.2.7\r\ns=-\r\nt=0 0\r\n"
                  "c=IN IP4 192.0.2.7\r\nm=audio 4000 RTP/AVP 0\r\n")
    calls.hang_up(calls.answered(alice, core, *alice.verify()), alice, core)
    calls.hang_up(calls.answered(alice, core), alice, core)
    check.status(carol.register(client=(), tags=(), expires=0), 200)

    call = core.build("INVITE", f"sip:alice@{stack.domain}", body=sdp.plain(prometheus))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
        link.bind((prometheus, 0))
        link.settimeout(5)
        link.sendto(call.encode(), (stack.core_ip, stack.ports["core"]))
        check.that(link.recv(4096).startswith(b"SIP/2.0 403"), "it calls as the core")
    options = core.build("OPTIONS", f"sip:{stack.domain}").encode().decode()
    got = first_answer(socket.create_connection(
        (stack.core_ip, port), 5, (prometheus, 0)), options.replace("UDP", "TCP"),
        "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
    check.that(got.startswith("HTTP/1.1 200"), f"to SIP: {got[:12]}")

    seen = read(get(stack.core_ip, port, prometheus)[1])
    check.equal(seen, stack.counters(), "counters")
    check.equal({name: n for name, n in seen.items() if n},
                {"agreed": 2, "agreed_sdes": 1, "agreed_dtls": 1, "plain": 1,
                 "removed": 1, "verified": seen["verified"], "forgiven": 1,
                 "secured": 2, "refused_verify_differs": 1,
                 "refused_offer_plain": 1}, "what has grown")

    for address, where, source, path in (
            (stack.core_ip, port, stack.phone_ip, "/metrics"),
            (stack.core_ip, port, core_ip, "/metrics"),
            (stack.core_ip, port, prometheus, "/"),
            (stack.access, stack.ports["access"], prometheus, "/metrics")):
        status, text = get(address, where, source, path)
        check.equal((status, read(text)), (404, {}), f"{path} of {address}")
