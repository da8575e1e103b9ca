"""Parties of a call that know their media: what each offers and answers, the
dialog between two of them, and tones both ways with what stood on the wire."""

import contextlib
import itertools
import subprocess
import time
from copy import copy

from . import calls, check, media, sdp, sip
from .message import Message, uri_of

_hosts = itertools.count(40)  # of media: an address for each party


class Kind:
    """How a phone protects its media: with one SDES suite, in one DTLS role, or
    not at all."""

    def __init__(self, name, suite=None, setup=None):
        self.name, self.suite, self.setup = name, suite, setup

    @property
    def client(self):
        """Its Security-Client values."""
        if self.suite:
            return ("sdes-srtp;mediasec",)
        return ("dtls-srtp;mediasec",) if self.setup else ()

    @property
    def proto(self):
        if self.suite:
            return "RTP/SAVP"
        return "UDP/TLS/RTP/SAVP" if self.setup else "RTP/AVP"


PLAIN = Kind("plain")
SDES = Kind("SDES 80", suite=sdp.SUITE)
ACTIVE = Kind("DTLS active", setup="active")
PASSIVE = Kind("DTLS passive", setup="passive")


class Party:
    """A user agent with media of a kind, at an address of their own."""

    def __init__(self, stack, agent, kind, certificate=None):
        self.stack, self.agent, self.kind = stack, agent, kind
        self.ip = f"{stack.phone_ip.rpartition('.')[0]}.{next(_hosts)}"
        self.port, self.version = 40000, 0
        self.key = sdp.key(kind.suite) if kind.suite else None
        self.certificate = certificate
        if kind.setup and not certificate:
            self.certificate = media.Certificate(stack, self.ip)

    def rows(self):
        """What goes into a request that begins a call."""
        return self.agent.verify() if self.kind.client else []

    def renew(self):
        """Another port and another key, as for a new call."""
        self.port += 2
        if self.kind.suite:
            self.key = sdp.key(self.kind.suite)

    def body(self, *mlines, session=()):
        self.version += 1
        return sdp.body(self.ip, *mlines, session=session, version=self.version)

    def line(self, *attributes, tag=1, setup=None, proto=None, port=None,
             **fields):
        """An m-line with its own keying."""
        keying = []
        if self.kind.suite:
            keying = [sdp.crypto(tag, self.kind.suite, self.key)]
        elif self.kind.setup:
            keying = self.certificate.attributes(setup or self.kind.setup)
        return sdp.mline(self.port if port is None else port, *keying, *attributes,
                         proto=proto or self.kind.proto, **fields)

    def offer(self, *attributes, **fields):
        return self.body(self.line(*attributes, **fields))

    def answer(self, offer, *attributes):
        """Takes the first line of the offer that is of its kind, rejects the
        others."""
        lines, taken = [], False
        for one in sdp.read(offer):
            if not taken and self._can(one):
                tag = next((tag for tag, suite, _ in one.cryptos
                            if suite == self.kind.suite), None)
                lines.append(self.line(*attributes, tag=tag, proto=one.proto))
                taken = True
            else:
                lines.append(sdp.mline(0, proto=one.proto, media=one.name))
        check.that(taken, f"{self.agent.user} ({self.kind.name}) can take nothing "
                   f"of {[line.lines[0] for line in sdp.read(offer)]}")
        return self.body(*lines)

    def _can(self, line):
        if line.name != "audio" or not line.port:
            return False
        if self.kind.suite:
            return self.kind.suite in [suite for _, suite, _ in line.cryptos]
        if self.kind.setup:
            return line.proto.startswith("UDP/TLS/RTP/SAVP")
        return line.proto in ("RTP/AVP", "RTP/AVPF")


def registered(stack, kind, user="alice", certificate=None, rows=(), **fields):
    """A party that has registered, with an agreement if its kind has one."""
    phone = stack.phone(user, **fields)
    tags = sip.TAGS if kind.client else ()
    check.status(phone.register(*rows, client=kind.client, tags=tags), 200)
    return Party(stack, phone, kind, certificate)


def behind(stack):
    """The core as a party."""
    return Party(stack, stack.core(), PLAIN)


class Exchange:
    """An offer as it was sent and as it arrived, its answer as well, and who
    made them."""

    def __init__(self, offerer, answerer, offer, taken, answer, got):
        self.offerer, self.answerer = offerer, answerer
        self.bodies = (offer, taken, answer, got)

    def end(self, party, send, expect, certificate=None, seconds=8, at=None):
        """The media of one of both: of line `at`, or the first audio that lives.
        certificate: instead of its own."""
        lines = [sdp.read(body) for body in self.bodies]
        if at is None:
            at = next((i for i, line in enumerate(lines[3])
                       if line.port and line.name == "audio"), None)
        check.that(at is not None, "no audio in the answer")
        offer, taken, answer, got = (each[at] for each in lines)
        mine, theirs = (offer, got) if party is self.offerer else (answer, taken)
        end = media.End(mine, theirs, send, expect, certificate or party.certificate)
        end.arguments += ["--timeout-ms", str(seconds * 1000)]
        return end


class Dialog:
    """A call between two parties. What is sent `by` one comes to the other."""

    def __init__(self, stack, caller, callee, call, invite):
        self.stack, self.caller, self.callee = stack, caller, callee
        self.call, self.invite, self.last = call, invite, None

    def other(self, by):
        return self.callee if by is self.caller else self.caller

    # -- requests of the dialog

    def send(self, by, method, *rows, body=None, **fields):
        if by is self.caller:
            return by.agent.send(self.call.inside(method, *rows, body=body, **fields))
        return by.agent.send(by.agent.inside(self.invite, method, *rows, body=body,
                                             **fields))

    def arrives(self, by, sent):
        """A request of one, as the other gets it; a refusal instead is a reason
        to fail."""
        return arrives(by.agent, self.other(by).agent, sent)

    def ack(self, by, sent, body=None):
        self.send(by, "ACK", body=body, cseq=sent.value("CSeq").split()[0])
        return self.other(by).agent.request("ACK")

    def reoffer(self, by, offer=None, answer=None, method="INVITE"):
        """A whole exchange; the reply with the answer."""
        other = self.other(by)
        offer = offer or by.offer()
        sent = self.send(by, method, body=offer)
        got = self.arrives(by, sent)
        answer = answer or other.answer(got.body)
        other.agent.reply(got, 200, body=answer)
        reply = by.agent.answer(sent)
        check.status(reply, 200)
        if method == "INVITE":
            self.ack(by, sent)
        self.last = Exchange(by, other, offer, got.body, answer, reply.body)
        return reply

    def rejected(self, by, code, offer=None, *rows, method="INVITE"):
        """An exchange that the other side refuses; the reply."""
        other = self.other(by)
        sent = self.send(by, method, body=offer or by.offer())
        other.agent.reply(self.arrives(by, sent), code, *rows)
        reply = by.agent.answer(sent)
        check.status(reply, code)
        if method == "INVITE":
            other.agent.request("ACK")
            by.agent.acknowledge(sent, reply)
        return reply

    def outlives_rejection(self, stack, by):
        """A re-offer that the other side refuses, and the media before it go on."""
        before = stack.counters()["replayed"]
        port, key = by.port, by.key
        by.renew()
        self.rejected(by, 488)
        by.port, by.key = port, key
        self.talk(packets=30)
        check.equal(stack.counters()["replayed"], before + 1, "counter replayed")

    def hang_up(self, by=None):
        by = by or self.caller
        bye = self.send(by, "BYE")
        self.other(by).agent.reply(self.arrives(by, bye), 200)
        check.status(by.agent.answer(bye), 200)

    # -- media

    def talk(self, at=None, **how):
        """Tones both ways, with what the last exchange said; see media.talk()."""
        return media.talk(self.last.end(self.caller, media.UP, media.DOWN, at=at),
                          self.last.end(self.callee, media.DOWN, media.UP, at=at),
                          **how)

    def silent(self, seconds=3, certificate=None):
        """Neither hears the other. certificate: what the caller shows."""
        media.talk(self.last.end(self.caller, media.UP, media.DOWN, certificate,
                                 seconds),
                   self.last.end(self.callee, media.DOWN, media.UP, None, seconds),
                   silent=True)


def arrives(sender, receiver, sent, timeout=5):
    """A request as it gets to another agent. A refusal is a reason to fail."""
    deadline = time.monotonic() + timeout
    method, call_id = sent.method, sent.value("Call-ID")
    while True:
        receiver.receive(0.02)
        for one in receiver.inbox:
            if not one.status and one.method == method:
                receiver.inbox.remove(one)
                return one
        refusal = next((one for one in sender.seen() if one.status >= 300
                        and one.value("CSeq") == sent.value("CSeq")
                        and one.value("Call-ID") == call_id), None)
        check.that(not refusal, f"{method} refused: {refusal and refusal.start}")
        check.that(time.monotonic() < deadline,
                   f"{method} does not reach {receiver.user}")


def waited(seen, reason, seconds=20):
    """Wait until it is seen."""
    deadline = time.monotonic() + seconds
    while not seen():
        check.that(time.monotonic() < deadline, reason)
        time.sleep(0.1)


def have_keys(stack):
    """Has rtpengine shaken hands with anybody?"""
    return any(
        stream.get("crypto suite") for one in stack.sessions()
        for tag in stack.ng("query", **{"call-id": one})["tags"].values()
        for part in tag["medias"] for stream in part["streams"])


def counted(stack, before, *names, number=1):
    """Wait until one of these counters of the module has grown so much."""
    waited(lambda: any(stack.counters()[name] >= before[name] + number
                       for name in names), f"counter {' or '.join(names)} stands")


@contextlib.contextmanager
def early_stranger(stack, core, alice):
    """A call to alice, before whose answer a stranger shakes hands with rtpengine,
    and who talks to the end of the block: the dialog, the INVITE that alice got, the
    counters before, and the one that has to grow. rtpengine 12.5 does not finish such
    a handshake, and begins no other."""
    stranger = media.Certificate(stack, "stranger")
    call = invite(stack, core, core.offer(), target="alice")
    taken = calls.take(core.agent, alice.agent, call)
    answer = alice.answer(taken.body)
    intruder = media.End(sdp.read(answer)[0], sdp.read(taken.body)[0], media.UP,
                         media.DOWN, stranger)
    before = stack.counters()
    with subprocess.Popen([media.PEER, "talk", *intruder.arguments, *intruder.keys,
                           "--timeout-ms", "3000"],
                          stdout=subprocess.DEVNULL) as early:
        try:
            alice.agent.reply(taken, 180)
            call.progress(180)
            waited(lambda: have_keys(stack) or early.poll() is not None,
                   "the stranger neither gets keys nor gives up")
            reason = "dtls_mismatch" if have_keys(stack) else "dtls_silent"
            alice.agent.reply(taken, 200, body=answer)
            check.status(call.final(), 200)
            call.ack()
            alice.agent.request("ACK")
            yield Dialog(stack, core, alice, call, taken), taken, before, reason
        finally:
            early.terminate()


def script_answers(stack, *changes):
    """Start with a failure_route in which the script says 480 where somebody has said
    486: tm holds the lock of the transaction meanwhile. For changes see
    Stack.change()."""
    stack.change(*changes)
    routes = stack.config.parent / "routes" / "request.cfg"
    text = routes.read_text("utf-8")
    check.that("\tt_relay();" in text, "no t_relay() in the sample configuration")
    routes.write_text(text.replace("\tt_relay();", '\tt_on_failure("OWN");\n\tt_relay();')
                      + '\nfailure_route[OWN] {\n'
                        '\tif(t_check_status("486")) t_reply("480", "Own");\n}\n', "utf-8")
    stack.restart()


def refused_by_script(dialog, by, offer=None):
    """A re-offer to which the other side says 486, and the script 480; see above."""
    other = dialog.other(by)
    sent = dialog.send(by, "INVITE", body=offer or by.offer())
    other.agent.reply(dialog.arrives(by, sent), 486)
    reply = by.agent.answer(sent)
    check.status(reply, 480)
    other.agent.request("ACK")
    by.agent.acknowledge(sent, reply)


def rejects(stack, caller, alice):
    """alice rejects her secured offer: that is all the caller gets, and nobody is
    called again."""
    call = invite(stack, caller, caller.offer(), target="alice")
    alice.agent.reply(alice.agent.request("INVITE"), 488)
    alice.agent.request("ACK")
    check.status(call.final(), 488)
    check.equal([one.start for one in alice.agent.seen() if one.method == "INVITE"],
                [], "another INVITE")
    calls.no_sessions(stack)



def in_clear(mine, theirs, send, expect, seconds=1):
    """An end that sends RTP whatever was said: from its own body's first stream
    to that of another body."""
    end = media.End(*(sdp.read(sdp.plain(line.address, line.port))[0]
                      for line in (sdp.read(mine)[0], sdp.read(theirs)[0])),
                    send, expect)
    end.arguments += ["--timeout-ms", str(seconds * 1000)]
    return end


def ended(*both, timeout=5):
    """The call of both is ended in their midst: each gets BYE."""
    for one in both:
        one.agent.reply(one.agent.request("BYE", timeout), 200)


def cancelled(agent, taken):
    """A branch that lost: CANCEL, and what follows."""
    agent.reply(agent.request("CANCEL"), 200)
    agent.reply(taken, 487)
    agent.request("ACK")


def invite(stack, caller, offer, *rows, target="200"):
    """An INVITE of a party, phone or core: the sip.Call."""
    if isinstance(caller.agent, sip.Phone):
        return caller.agent.invite(target, offer, *caller.rows(), *rows)
    return sip.Call(caller.agent, caller.agent.build(
        "INVITE", f"sip:{target}@{stack.domain}", *rows, body=offer))


def number(party):
    """Whom to call to reach a party."""
    return party.agent.user if isinstance(party.agent, sip.Phone) else "200"


def connect(stack, caller, callee, *rows, offer=None, answer=None):
    """A call from INVITE to ACK, the offer in the INVITE: the Dialog."""
    offer = offer or caller.offer()
    call = invite(stack, caller, offer, *rows, target=number(callee))
    return answered(stack, caller, callee, call, offer, answer)


def called(stack, core, phone, known=None):
    """The registrar behind us calls a phone at its Contact along its Path, as this
    REGISTER told it, or the last one: the Dialog."""
    known = known or core.agent.taken[-1]
    offer = core.offer()
    call = sip.Call(core.agent, core.agent.build(
        "INVITE", uri_of(known.value("Contact")),
        *(f"Route: {path}" for path in known.values("Path")), body=offer))
    return answered(stack, core, phone, call, offer)


def answered(stack, caller, callee, call, offer, answer=None):
    """The rest of a call that was begun, to ACK: the Dialog."""
    taken = calls.take(caller.agent, callee.agent, call)
    answer = answer or callee.answer(taken.body)
    callee.agent.reply(taken, 200, body=answer)
    check.status(call.final(), 200)
    call.ack()
    callee.agent.request("ACK")
    dialog = Dialog(stack, caller, callee, call, taken)
    dialog.last = Exchange(caller, callee, offer, taken.body, answer,
                           call.reply.body)
    return dialog


def rejected(stack, caller, callee):
    """A call that the callee rejects: the sip.Call."""
    call = invite(stack, caller, caller.offer(), target=number(callee))
    callee.agent.reply(calls.take(caller.agent, callee.agent, call), 486)
    check.status(call.final(), 486)
    callee.agent.request("ACK")
    return call


def given_up(stack, caller, callee):
    """A call that rings until its caller cancels it: the sip.Call."""
    call = invite(stack, caller, caller.offer(), target=number(callee))
    taken = calls.take(caller.agent, callee.agent, call)
    callee.agent.reply(taken, 180)
    call.progress(180)
    check.status(call.cancel(), 200)
    cancelled(callee.agent, taken)
    check.status(call.final(), 487)
    return call


def fork(stack):
    """bob calls alice, who has two secured phones, in clear: he, his offer, the call,
    the phones, and the INVITE as each has it."""
    bob = registered(stack, PLAIN, "bob")
    phones = [registered(stack, SDES) for _ in range(2)]
    offer = bob.offer()
    call = invite(stack, bob, offer, target="alice")
    return bob, offer, call, phones, [one.agent.request("INVITE") for one in phones]


def several_answer(stack, caller, phones, ringing=()):
    """The dialogs of a call that all these phones of alice have answered, before
    those that ring are cancelled."""
    offer = caller.offer()
    call = invite(stack, caller, offer, target="alice")
    taken = [one.agent.request("INVITE") for one in (*phones, *ringing)]
    for one, got in zip(ringing, taken[len(phones):]):
        one.agent.reply(got, 180)
        call.progress(180)
    dialogs = []
    for one, got in zip(phones, taken):
        answer = one.answer(got.body)
        one.agent.reply(got, 200, body=answer)
        check.status(call.final(), 200)
        call.ack()
        one.agent.request("ACK")
        dialogs.append(Dialog(stack, caller, one, copy(call), got))
        dialogs[-1].last = Exchange(caller, one, offer, got.body, answer,
                                    call.reply.body)
    for one, got in zip(ringing, taken[len(phones):]):
        cancelled(one.agent, got)
    return dialogs


def forked(taken, tag):
    """An INVITE as one of those has it to whom the core forks it: its replies have
    this To-tag."""
    return Message(taken.start, [(name, f"{value};tag={tag}" if name == "To" else value)
                                 for name, value in taken.headers], taken.body,
                   taken.source)


def two_early_dialogs(stack, wins):
    """Two parties behind the core send early media under To-tags "first" and
    "second", and one of them answers: it has the media, under the same key."""
    core, alice = behind(stack), registered(stack, SDES)
    second = Party(stack, core.agent, PLAIN)
    winner = core if wins == "first" else second
    offer = alice.offer()
    call = invite(stack, alice, offer)
    taken = calls.take(alice.agent, core.agent, call)
    keys, bodies = [], []
    for party, code, tag in ((core, 183, "first"), (second, 183, "second"),
                             (winner, 200, wins)):
        answer = party.answer(taken.body)
        core.agent.reply(forked(taken, tag), code, body=answer)
        reply = call.progress(183) if code == 183 else call.final()
        check.equal((reply.status, reply.tag("To")), (code, tag), "reply")
        [line] = sdp.read(reply.body)
        keys.append(line.cryptos)
        bodies.append((answer, reply.body))
    check.that(keys[0] == keys[1] == keys[2], "the key of the phone's leg changed")
    call.ack()
    core.agent.request("ACK")
    dialog = Dialog(stack, alice, winner, call, taken)
    dialog.last = Exchange(alice, winner, offer, taken.body, *bodies[2])
    dialog.talk()
    bye = call.bye()
    core.agent.reply(core.agent.request("BYE"), 200)
    check.status(alice.agent.answer(bye), 200)
    calls.no_sessions(stack)
