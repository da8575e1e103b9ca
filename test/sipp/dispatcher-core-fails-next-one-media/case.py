from lib import calls, cdr, check, cores, parties, sdp

SERVERS = cores.Cores
DEFINES = {"ACCOUNTING": "1", "CORE_PROBES_LOST": "9"}


def run(stack):
    both = stack.cores()
    alice = parties.registered(stack, parties.SDES)
    carol = parties.registered(stack, parties.ACTIVE, "carol")
    records = 0
    for phone, legs in ((alice, cdr.SDES), (carol, cdr.DTLS)):
        for code in (503, None):
            records += 1
            phone.renew()
            offer = phone.offer()
            call = phone.agent.invite("200", offer, *phone.rows())
            first, second, taken = cores.first_to_get(both)
            check.equal(sdp.read(taken.body)[0].proto, "RTP/AVP", "first offer")
            if code:
                first.agent.reply(taken, code)
                first.agent.request("ACK")
            dialog = parties.answered(stack, phone, second, call, offer)
            dialog.talk()
            dialog.hang_up(second)
            cdr.is_of(cdr.last(stack, records), call.invite.value("Call-ID"), 200, legs,
                      cdr.PLAIN)
            for core in both:
                core.renew()
                core.agent.seen().clear()
    for core in both:
        check.absent(core.agent.wire, "crypto", "inline", "fingerprint", "SAVP")
    calls.no_sessions(stack)

    ends(stack, both, alice, 486, 0)
    ends(stack, both, alice, 503, 1)
    calls.no_sessions(stack)
    cdr.is_of(cdr.last(stack, records + 2), cdr.rows(stack)[-1]["callid"], 503,
              [*cdr.SDES[:2], ""], cdr.PLAIN)


def ends(stack, both, phone, code, others):
    """Who was asked first says code, the others too: that is what the phone gets."""
    call = phone.agent.invite("200", phone.offer(), *phone.rows())
    first, second, taken = cores.first_to_get(both)
    first.agent.reply(taken, code)
    for _ in range(others):
        second.agent.reply(calls.take(phone.agent, second.agent, call), code)
    check.status(call.final(), 500 if code == 503 else code)  # RFC 3261, 16.7
    first.agent.request("ACK")
    if not others:
        check.equal(second.agent.seen(), [], "what the other one gets")
