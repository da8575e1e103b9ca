from lib import calls, check, parties, sdp

DEFINES = {"INBOUND": "forbidden"}
REFUSED = "refused_offer_forbidden"


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    bob = parties.registered(stack, parties.PLAIN, "bob")
    dtls = parties.Party(stack, bob.agent, parties.ACTIVE)
    ip = stack.phone_ip
    for number, (party, offer) in enumerate((
            (alice, alice.offer()), (bob, sdp.secure(ip)), (bob, dtls.offer()),
            (bob, sdp.secure(ip, 40000, sdp.crypto(suite="NULL_HMAC_SHA1_80")))), 1):
        calls.refused(party.agent, 488, *party.rows(), offer=offer)
        check.equal(stack.counters()[REFUSED], number, "counter")
    check.equal(stack.sessions(), [], "calls in rtpengine")
    core.agent.seen()
    check.equal(core.agent.wire, "", "what reached the core")

    for party in (alice, bob):  # RFC 8643: plain where the key is not taken up
        for offer in (None, sdp.plain(party.ip, party.port, sdp.crypto())):
            plain = parties.Party(stack, party.agent, parties.PLAIN)
            plain.ip, plain.port = party.ip, party.port
            dialog = parties.connect(stack, plain, core, *party.rows(), offer=offer)
            check.absent(dialog.call.reply.body, "crypto", "SAVP")
            dialog.hang_up()

    dialog = parties.connect(stack, core, alice)
    dialog.talk(packets=20)
    alice.renew()
    dialog.reoffer(alice)
    dialog.talk(packets=20)
    dialog.hang_up()
    calls.no_keys(core.agent)
    calls.no_sessions(stack)
