from lib import calls, cdr, certificates, check, guard, parties, registrar
from lib.stack import NATIVE, free
from lib.status import Status

SERVERS = Status
DEFINES = {**NATIVE, "STORE": "htable", "FLOOD_LIMIT": "200", "PASSWORD_LIMIT": "5",
           "SCANNERS": "sipvicious", "HIDING_KEY": "some secret", "ACCOUNTING": "1",
           "CALL_LIMIT_USER": "4", "CALL_LIMIT": "9", "SESSION_MIN": "90",
           "HEP": "sip:{phone}:9060", "SERVICE_ROUTE": "1", "LOG_PREFIX": "1",
           "WEBSOCKET": "1", "CORE_PROBE": "60"}
TIMER = ("Supported: timer", "Session-Expires: 600")


def run(stack):
    core = parties.behind(stack)
    servers = stack.run / "dispatcher.list"
    servers.write_text(f"1 sip:{core.agent.address}\n", "ascii")
    stack.defines |= {
        "ADDRESSES": guard.addresses(stack, f"1 {stack.core_agent[0]}"),
        "DISPATCHER": servers, "PROM_PORT": str(free(stack.core_ip))}
    certificates.profiles(stack)
    for transport in ("udp", "tls", "wss"):
        phone = parties.registered(stack, parties.SDES, transport=transport)
        talk(parties.connect(stack, phone, core, *TIMER))
        phone.renew()
        talk(parties.connect(stack, core, phone, *TIMER))
    cdr.last(stack, 6)

    stack.defines["REGISTRAR"] = stack.defines["NEXT_HOP"]
    stack.restart()
    for transport in ("udp", "tls", "wss"):
        with registrar.serving(core.agent):
            phone = parties.registered(stack, parties.SDES, transport=transport)
        offer = phone.offer()
        call = phone.agent.invite("200", offer, *phone.rows(), *TIMER, auth=False)
        talk(parties.answered(stack, phone, core, call, offer))
        phone.renew()
        talk(parties.called(stack, core, phone))
    cdr.last(stack, 12)
    calls.no_sessions(stack)
    check.absent(core.agent.wire, "crypto", "inline", "SAVP", "mediasec")


def talk(dialog):
    for by in (dialog.caller, dialog.callee):
        by.renew()
        dialog.reoffer(by)
    dialog.talk(packets=20)
    dialog.hang_up(dialog.callee)
