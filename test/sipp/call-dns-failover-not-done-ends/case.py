from lib import calls, check, sdp, sip
from lib.transport import Udp

NAME = "core.test"
LOAD = 'loadmodule "pv.so"'
RELAY = "\tt_relay();\n\texit;\n}"
AGAIN = """
onreply_route[AGAIN] { t_set_disable_failover("0"); }"""


def cores(stack):
    """Two servers behind one name."""
    ip, port = stack.core_agent
    other = ip.rpartition(".")[0] + ".21"
    for one in (ip, other):
        stack.rpc("dns.add_a", NAME, 3600, one, 0)
    agent = sip.Agent(Udp(other, (stack.core_ip, stack.ports["core"]), port), "core",
                      other, stack._wire("core-2"))
    stack.agents.append(agent)
    return stack.core(), agent


def call(stack, both):
    """An INVITE that the first to get it rejects; the other one."""
    alice = calls.agreed(stack)
    call = alice.invite("200", sdp.secure(stack.phone_ip), *alice.verify())
    first = next(core for core in both if core.receive(1))
    first.reply(first.request("INVITE"), 503)
    first.request("ACK")
    return call, next(core for core in both if core is not first)


def run(stack):
    on = (LOAD, f"use_dns_failover=on\n{LOAD}")
    stack.defines["NEXT_HOP"] = f"sip:{NAME}:{stack.core_agent[1]}"
    stack.change(on)
    stack.restart()
    both = cores(stack)
    ended, other = call(stack, both)
    check.status(ended.final(), 500)  # RFC 3261, 16.7
    check.equal(other.seen(), [], "what the other one gets")
    calls.no_sessions(stack)

    stack.change(on, request=[(RELAY, f'\tt_on_reply("AGAIN");\n{RELAY}\n{AGAIN}')])
    stack.restart()
    for core in both:
        core.close()
        stack.agents.remove(core)
    both = cores(stack)
    ended, other = call(stack, both)
    other.reply(other.request("INVITE"), 200, body=sdp.plain(other.transport.address[0],
                                                             calls.CORE_PORT))
    check.status(ended.final(), 500)
    check.equal(stack.counters()["refused_relay_failed"], 1, "refused answers")
    other.request("BYE")
    calls.no_sessions(stack)
