"""A call from the access side to the core, step by step, for cases that are
about something else."""

import time

from . import check, sdp

PHONE_PORT, CORE_PORT = 40000, 50000  # of the media; the addresses are the case's


class Talk:
    """A call that was answered: the dialog, and what stood on the wire."""

    def __init__(self, call, invite, answer):
        self.call, self.invite, self.answer = call, invite, answer


def agreed(stack, *args, **fields):
    """A phone with an agreement; for its arguments see Stack.phone()."""
    phone = stack.phone(*args, **fields)
    check.status(phone.register(), 200)
    check.rows(phone.challenge, "Security-Server", phone.list)
    check.that(phone.list, "the 401 has no list")
    return phone


def answered(phone, core, *rows, offer=None, answer=None, target="200", **fields):
    """INVITE to ACK. rows: header rows of the INVITE."""
    offer = offer or sdp.secure(phone.transport.address[0], PHONE_PORT)
    call = phone.invite(target, offer, *rows, **fields)
    invite = take(phone, core, call)
    core.reply(invite, 200, body=answer or sdp.plain(core.transport.address[0],
                                                     CORE_PORT))
    check.status(call.final(), 200)
    call.ack()
    core.request("ACK")
    return Talk(call, invite, call.reply)


def without_offer(phone, core, *rows, target="200"):
    """A call whose INVITE has no offer: we make a secured one; to BYE."""
    call = phone.invite(target, None, *rows)
    core.reply(take(phone, core, call), 200, body=sdp.plain("127.0.0.1"))
    check.status(call.final(), 200)
    [offer] = sdp.read(call.reply.body)
    check.equal(offer.proto, "RTP/SAVP", "profile of our offer")
    tag, suite, _ = offer.cryptos[-1]
    call.ack(body=sdp.secure(phone.transport.address[0], PHONE_PORT,
                             sdp.crypto(tag, suite)))
    check.equal(sdp.read(core.request("ACK").body)[0].proto, "RTP/AVP",
                "profile of the answer in the core")
    hang_up(Talk(call, call.invite, call.reply), phone, core)


def take(phone, core, call):
    """The INVITE as the core gets it; a refusal instead is the reason to fail."""
    deadline = time.monotonic() + 5
    while True:
        core.receive(0.02)
        invite = next((one for one in core.inbox if not one.status
                       and one.method == "INVITE"), None)
        if invite:
            core.inbox.remove(invite)
            return invite
        refusal = next((one for one in phone.seen() if one.status >= 300 and
                        one.value("CSeq") == call.invite.value("CSeq")), None)
        check.that(not refusal, f"call refused: {refusal and refusal.start}")
        check.that(time.monotonic() < deadline, "no INVITE reaches the core")


def hang_up(talk, phone, core, *rows):
    """BYE from the phone; the BYE as the core gets it."""
    bye = talk.call.bye(*rows)
    got = core.request("BYE")
    core.reply(got, 200)
    check.status(phone.answer(bye), 200)
    return got


def refused(phone, code, *rows, offer=None, target="200", **fields):
    """A call that does not come to be; its final reply."""
    offer = offer or sdp.secure(phone.transport.address[0], PHONE_PORT)
    call = phone.invite(target, offer, *rows, **fields)
    check.status(call.reply or call.final(), code)
    return call.reply


def no_keys(core):
    """Nothing that belongs to the access side has reached the core."""
    core.seen()
    check.absent(core.wire, "mediasec", "crypto", "inline", "3ge2ae", "SAVP")


def no_sessions(stack, timeout=5):
    """rtpengine holds no call any more."""
    deadline = time.monotonic() + timeout
    while stack.sessions():
        check.that(time.monotonic() < deadline,
                   f"rtpengine still holds {stack.sessions()}")
        time.sleep(0.05)


def first_of(good, bad, what):
    """Wait until one of the named conditions comes true: a good one."""
    deadline = time.monotonic() + 5
    while not any(seen() for seen in good.values()):
        for name, seen in bad.items():
            check.that(not seen(), f"{what} reached {name}")
        check.that(time.monotonic() < deadline, f"{what} is nowhere")
        time.sleep(0.01)
