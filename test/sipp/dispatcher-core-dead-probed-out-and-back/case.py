import time

from lib import calls, check, cores, parties, sdp, sip
from lib.transport import Udp

SERVERS = cores.Cores
DEFINES = {"CORE_PROBE": "1", "CORE_PROBES_LOST": "1"}


def run(stack):
    first, second = both = stack.cores()
    alice = calls.agreed(stack)

    def known(*living):
        ports = {core.agent.transport.address[1] for core in living}
        parties.waited(lambda: stack.living() == ports, f"not alive alone: {ports}")

    with cores.alive(second):
        known(second)
        first.agent.seen().clear()
        for _ in range(6):
            begin = time.monotonic()
            ends(alice, [second])
            check.that(time.monotonic() - begin < 1, "a call waited")
        check.that(not any(one.method == "INVITE" for one in first.agent.seen()),
                   "a call reached who is dead")
        with cores.alive(first):
            known(*both)
            got = {ends(alice, both) for _ in range(12)}
            check.equal(got, set(both), "who got calls")

    for core in both:
        call = sip.Call(core.agent, core.agent.build(
            "INVITE", f"sip:alice@{stack.domain}", body=core.offer()))
        taken = calls.take(core.agent, alice, call)
        check.equal(sdp.read(taken.body)[0].proto, "RTP/SAVP", "offer to the phone")
        alice.reply(taken, 486)
        check.status(call.final(), 486)
        alice.request("ACK")
    ip = both[0].agent.transport.address[0].rpartition(".")[0] + ".22"
    stranger = sip.Agent(Udp(ip, (stack.core_ip, stack.ports["core"])), "eve", ip,
                         stack._wire("eve"))
    stack.agents.append(stranger)
    check.status(stranger.ask(stranger.build("OPTIONS", f"sip:{stack.domain}")), 403)

    known()
    calls.refused(alice, 503, *alice.verify())
    calls.no_sessions(stack)


def ends(phone, both):
    """A call that is rejected: by whom."""
    call = phone.invite("200", sdp.secure(phone.transport.address[0]), *phone.verify())
    deadline = time.monotonic() + 5
    while True:
        for core in both:
            for one in [one for one in core.agent.inbox if one.method == "INVITE"]:
                core.agent.inbox.remove(one)
                core.agent.reply(one, 486)
                check.status(call.final(), 486)
                return core
        check.that(time.monotonic() < deadline, "no INVITE")
        time.sleep(0.01)
