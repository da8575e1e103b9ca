from lib import calls, check, parties, sdp
from lib.relay import Relay

RELAY = Relay()
DEFINES = {**RELAY.defines, "RETRY_PLAIN": "1"}


def reject(phone, code):
    """Take a secured INVITE and reject it."""
    taken = phone.agent.request("INVITE")
    check.equal(sdp.read(taken.body)[0].proto, "RTP/SAVP", "first offer")
    phone.agent.reply(taken, code)
    phone.agent.request("ACK")
    return taken


def repeat(agent, taken, code):
    """The rejection once more, and what acknowledges that."""
    before = agent.wire.count("ACK sip:")
    agent.reply(taken, code)
    parties.waited(lambda: agent.receive(0.02) or agent.wire.count("ACK sip:") > before,
                   "a repeated rejection gets no ACK", 5)


def take_plain(phone):
    taken = phone.agent.request("INVITE")
    check.equal(sdp.read(taken.body)[0].proto, "RTP/AVP", "second offer")
    check.absent(taken.body, "crypto", "3ge2ae")
    return taken


def count(stack, number):
    check.equal(stack.counters()["retried_plain"], number, "counter retried_plain")


def talk(stack, caller, phone, call, offer, taken, rejected=None, lost=None):
    """The phone answers in clear. rejected: with its code, the INVITE to which it says
    that once more; lost: another that was rung."""
    plain = parties.Party(stack, phone.agent, parties.PLAIN)
    answer = plain.answer(taken.body)
    plain.agent.reply(taken, 200, body=answer)
    check.status(call.final(), 200)
    if lost:
        parties.cancelled(*lost)
    call.ack()
    plain.agent.request("ACK")
    if rejected:
        repeat(plain.agent, *rejected)
    dialog = parties.Dialog(stack, caller, plain, call, taken)
    dialog.last = parties.Exchange(caller, plain, offer, taken.body, answer,
                                   call.reply.body)
    dialog.talk(packets=30)
    dialog.reoffer(plain)
    dialog.hang_up()
    calls.no_sessions(stack)


def run(stack):
    RELAY.lead_to(stack)
    bob = parties.registered(stack, parties.PLAIN, "bob")
    carol = parties.registered(stack, parties.SDES, "carol")
    alice = parties.registered(stack, parties.SDES, transport="tls")
    for number, (caller, code) in enumerate(((bob, 488), (carol, 415), (bob, 606)), 1):
        offer = caller.offer()
        call = parties.invite(stack, caller, offer, target="alice")
        rejected = reject(alice, code)
        taken = take_plain(alice)
        # of a secured caller the first branch, between two of them, is two calls
        RELAY.counted("two INVITEs", **({"offer": 3, "delete": 2} if caller is carol
                                        else {"offer": 2, "delete": 1}))
        talk(stack, caller, alice, call, offer, taken, (rejected, code))
        RELAY.take()
        count(stack, number)

    call = parties.invite(stack, bob, bob.offer(), target="alice")
    reject(alice, 488)
    alice.agent.reply(take_plain(alice), 488)
    alice.agent.request("ACK")
    check.status(call.final(), 488)
    count(stack, 4)
    calls.no_sessions(stack)

    call = parties.invite(stack, bob, bob.offer(), target="alice")
    taken = alice.agent.request("INVITE")
    alice.agent.reply(taken, 183, body=alice.answer(taken.body))
    call.progress(183)
    alice.agent.reply(taken, 488)
    check.status(call.final(), 488)
    count(stack, 4)
    calls.no_sessions(stack)

    other = parties.registered(stack, parties.SDES)
    offer = bob.offer()
    call = parties.invite(stack, bob, offer, target="alice")
    ringing = other.agent.request("INVITE")
    other.agent.reply(ringing, 180)
    call.progress(180)
    reject(alice, 606)
    taken = take_plain(alice)
    alice.agent.reply(taken, 180)
    call.progress(180)
    check.equal([one.start for phone in (alice, other) for one in phone.agent.seen()
                 if one.method == "CANCEL"], [], "what ends their branches")
    talk(stack, bob, alice, call, offer, taken, lost=(other.agent, ringing))
    count(stack, 5)
