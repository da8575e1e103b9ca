from lib import calls, check, registrar, sdp, sip
from lib.message import Message
from lib.stack import NATIVE, free
from lib.transport import Udp

DEFINES = {**NATIVE, "REGISTRAR": "sip:{core}", "SERVICE_ROUTE": "1"}


def run(stack):
    core, bob = stack.core(), stack.phone("bob")
    ip = stack.core_agent[0].rpartition(".")[0] + ".21"
    other = sip.Agent(Udp(ip, (stack.core_ip, stack.ports["core"]), free(ip)), "scscf",
                      ip, stack._wire("scscf"))
    stack.agents.append(other)
    way = ["<sip:orig@%s:%d;lr>" % other.transport.address, "<sip:as.example.net;lr>"]

    with registrar.serving(core):
        check.status(bob.register(client=(), tags=()), 200)
        check.rows(bob.last, "Service-Route", [])
    for transport in ("udp", "tcp", "tls"):
        alice = stack.phone(transport=transport)
        port = stack.ports["tls" if transport == "tls" else "access"]
        own = f"<sip:{stack.access}:{port};transport={transport};lr>"
        with registrar.serving(core, *(f"Service-Route: {one}" for one in way)):
            check.status(alice.register(), 200)
        check.rows(alice.last, "Service-Route", [own])
        check.absent(alice.wire, "as.example.net")

        call = alice.invite("200", sdp.secure(stack.phone_ip, 40000), f"Route: {own}",
                            *alice.verify(), auth=False)
        taken = calls.take(alice, other, call)
        routes = [one.strip() for row in taken.values("Route") for one in row.split(",")]
        check.equal(routes, way, "Route")
        check.equal(sdp.read(taken.body)[0].proto, "RTP/AVP", "profile")
        other.reply(taken, 200, body=sdp.plain(ip))
        check.status(call.final(), 200)
        call.ack()
        other.request("ACK")
        calls.hang_up(calls.Talk(call, taken, call.reply), alice, other)
    check.equal(core.seen(), [], "calls at the registrar")

    call = bob.invite("200", sdp.plain(stack.phone_ip), auth=False)
    taken = calls.take(bob, core, call)
    check.rows(taken, "Route", [])
    core.reply(taken, 486)
    check.status(call.final(), 486)
    core.request("ACK")

    with registrar.serving(core):
        check.status(alice.register(), 200)
    check.rows(alice.last, "Service-Route", [])
    core.send(made_up(stack, alice, f"Service-Route: {way[0]}"))
    call = alice.invite("200", sdp.secure(stack.phone_ip, 40000), *alice.verify(),
                        auth=False)
    core.reply(calls.take(alice, core, call), 486)
    check.status(call.final(), 486)
    calls.no_keys(other)
    calls.no_sessions(stack)


def made_up(stack, phone, *rows):
    """A 200 to a REGISTER of the phone that nobody sent."""
    ip, port = stack.core_ip, stack.ports["core"]
    asked = phone.build("REGISTER", f"sip:{stack.domain}", *rows, to=f"<{phone.aor}>;tag=x",
                        via=[f"SIP/2.0/UDP {ip}:{port};branch=z9hG4bKmade.up", phone.via()])
    return Message("SIP/2.0 200 OK", asked.headers)
