"""A small SIP user agent that sends exactly what a case wants, odd messages
included, and keeps all it got."""

import hashlib
import itertools
import re
import time

from .check import Failed
from .message import Message, credentials, split, token, uri_of
from .transport import TIMEOUT

REASONS = {100: "Trying", 180: "Ringing", 183: "Session Progress", 200: "OK",
           401: "Unauthorized", 486: "Busy Here", 487: "Request Terminated"}
MIRROR = object()  # Security-Verify: what Security-Server said
ASK = ("sdes-srtp;mediasec",)
TAGS = ("Require: mediasec", "Proxy-Require: mediasec")
ELSEWHERE = ('Digest username="bob", realm="elsewhere", nonce="x", uri="sip:x", '
             'response="0123456789abcdef0123456789abcdef"')  # credentials

_numbers = itertools.count(100000)  # of CSeq: above those of recorded phones


class Agent:
    """Sends and receives over one transport. Messages nobody asked for yet stay
    in the inbox; `wire` is all that was ever received, as text."""

    def __init__(self, transport, user, domain, log):
        self.transport, self.user, self.domain, self.log = transport, user, domain, log
        self.inbox, self.wire, self._taken = [], "", set()

    @property
    def contact(self):
        suffix = "" if self.transport.name == "UDP" else \
            f";transport={self.transport.name.lower()}"
        return f"sip:{self.user}@{self.address}{suffix}"

    @property
    def address(self):
        """Address and port, as they stand in a URI."""
        ip, port = self.transport.address
        return f"[{ip}]:{port}" if ":" in ip else f"{ip}:{port}"

    @property
    def aor(self):
        return f"sip:{self.user}@{self.domain}"

    # -- writing

    def via(self):
        return (f"SIP/2.0/{self.transport.name} {self.address};rport;"
                f"branch=z9hG4bK{token()}")

    def build(self, method, uri, *rows, body=None, to=None, sender=None,
              call_id=None, cseq=None, contact=True, via=None):
        """A request. rows are header lines as they go out ("Name: value"),
        folded ones included; via replaces the Via values."""
        lines = [f"Via: {one}" for one in ([self.via()] if via is None else via)]
        lines += [f"From: {sender or f'<{self.aor}>;tag={token()}'}",
                  f"To: {to or f'<{uri}>'}",
                  f"Call-ID: {call_id or token()}",
                  f"CSeq: {cseq or next(_numbers)} {method}",
                  "Max-Forwards: 70"]
        if contact:
            lines.append(f"Contact: <{self.contact}>")
        lines += rows
        if body is not None and not any(
                row.lower().startswith("content-type") for row in rows):
            lines.append("Content-Type: application/sdp")
        lines.append(f"Content-Length: {len((body or '').encode())}")
        return Message(f"{method} {uri} SIP/2.0", [split(one) for one in lines],
                       body or "")

    def send(self, message, peer=None):
        self._note(">>>", message.encode())
        self.transport.send(message.encode(), peer)
        return message

    def reply(self, request, code, *rows, body=None):
        """Answer a request where it came from."""
        tag = self._tag(request)
        headers = [(name, value) for name, value in request.headers
                   if name.lower() in ("via", "record-route", "from", "to",
                                       "call-id", "cseq")]
        if code > 100 and not request.tag("To"):
            headers = [(name, f"{value};tag={tag}" if name.lower() == "to"
                        else value) for name, value in headers]
        if code < 300 and request.method in ("INVITE", "UPDATE", "SUBSCRIBE"):
            headers.append(("Contact", f"<{self.contact}>"))
        headers += [split(row) for row in rows]
        if body:
            headers.append(("Content-Type", "application/sdp"))
        headers.append(("Content-Length", str(len((body or "").encode()))))
        reply = Message(f"SIP/2.0 {code} {REASONS.get(code, 'Whatever')}", headers,
                        body or "")
        return self.send(reply, request.source)

    def inside(self, invite, method, *rows, body=None, cseq=None):
        """A request of the dialog this agent was called in by an INVITE."""
        return self.build(
            method, uri_of(invite.value("Contact")),
            *(f"Route: {route}" for route in invite.values("Record-Route")), *rows,
            body=body, to=invite.value("From"), call_id=invite.value("Call-ID"),
            sender=f"{invite.value('To')};tag={self._tag(invite)}", cseq=cseq)

    def acknowledge(self, invite, reply):
        """The ACK of a refusal: it belongs to the INVITE's transaction."""
        rows = [("To", reply.value("To")) if name == "To" else
                (name, value.replace("INVITE", "ACK") if name == "CSeq" else value)
                for name, value in invite.headers
                if name in ("Via", "From", "To", "Call-ID", "CSeq", "Max-Forwards",
                            "Route")]
        return self.send(Message(invite.start.replace("INVITE", "ACK", 1),
                                 [*rows, ("Content-Length", "0")]))

    def _tag(self, request):
        """One tag for all replies to a request, as a UAS does; each branch of a
        fork has another."""
        return hashlib.md5(f"{request.value('Call-ID')}{self.transport.address}"
                           .encode()).hexdigest()[:12]

    # -- reading

    def receive(self, timeout=TIMEOUT):
        """Move one message from the wire into the inbox."""
        got = self.transport.receive(timeout)
        if not got:
            return False
        data, source = got
        if data.strip(b"\r\n\0"):  # not a keep-alive
            self._note("<<<", data)
            self.wire += data.decode("utf-8", "replace")
            self._take(Message.parse(data, source))
        return True

    def _take(self, message):
        """Into the inbox, if it is not a request that comes again."""
        key = message.start, message.value("Via"), message.value("CSeq")
        if message.status or key not in self._taken:
            self._taken.add(key)
            self.inbox.append(message)

    def seen(self):
        """All that has arrived by now and was not taken."""
        while self.receive(0):
            pass
        return self.inbox

    def expect(self, wanted, what, timeout=TIMEOUT):
        """Take the first message for which wanted(message) is true."""
        end = time.monotonic() + timeout
        while True:
            for message in self.inbox:
                if wanted(message):
                    self.inbox.remove(message)
                    return message
            if not self.receive(max(0, end - time.monotonic())):
                raise Failed(f"{self.user} waits in vain for {what}; has "
                             f"{[one.start for one in self.inbox]}")

    def request(self, method, timeout=TIMEOUT):
        """Take a request of this method."""
        return self.expect(lambda one: not one.status and one.method == method,
                           method, timeout)

    def answer(self, request, least=200, timeout=TIMEOUT):
        """Take a reply to a request with at least this code."""
        cseq, call_id = request.value("CSeq"), request.value("Call-ID")
        branch = request.value("Via")
        return self.expect(
            lambda one: one.status >= least and one.value("CSeq") == cseq
            and one.value("Call-ID") == call_id
            and _branch(one.value("Via")) == _branch(branch),
            f"a reply to {request.method}", timeout)

    def ask(self, request, timeout=TIMEOUT):
        """Send a request and take its final reply."""
        return self.answer(self.send(request), timeout=timeout)

    def close(self):
        self.transport.close()

    def _note(self, arrow, data):
        self.log.write(f"{time.strftime('%H:%M:%S')} {arrow}\n"
                       f"{data.decode('utf-8', 'replace')}\n")
        self.log.flush()


def _branch(via):
    found = re.search(r"branch=([^;,\s]+)", via)
    return found.group(1) if found else via


# ---- the access side ---------------------------------------------------------

class Phone(Agent):
    """The access side: an Agent with a password and a memory of the list it
    was given."""

    def __init__(self, *args, password):
        super().__init__(*args)
        self.password = password
        self.list, self.challenge, self.last = [], None, None
        self.call_id, self.local = token(), f"<{self.aor}>;tag={token()}"

    def authorize(self, request, challenge, password=None):
        """The request again, with credentials, a new branch and CSeq."""
        name = "Authorization" if challenge.status == 401 else "Proxy-Authorization"
        asked = challenge.value("WWW-Authenticate" if challenge.status == 401
                                else "Proxy-Authenticate")
        value = credentials(asked, request.method, request.uri, self.user,
                            password or self.password)
        return self.again(request, f"{name}: {value}")

    def again(self, request, *rows):
        """A request once more: higher CSeq, own new branch, more rows."""
        headers, fresh, number = [], [self.via()], next(_numbers)
        for name, value in request.headers:
            if name == "Via" and fresh:
                value = fresh.pop()
            if name == "CSeq":
                value = f"{number} {request.method}"
            if name == "Content-Length":
                headers += [split(row) for row in rows]
            headers.append((name, value))
        return Message(request.start, headers, request.body)

    # -- registration

    def register(self, *rows, client=ASK, verify=MIRROR, tags=TAGS, expires=600,
                 contact=None, password=None):
        """REGISTER, challenge, REGISTER with credentials; the last reply.
        client: Security-Client values, tags: option tag rows, and other rows, of
        both; verify: Security-Verify values of the second."""
        first = self.build(
            "REGISTER", f"sip:{self.domain}",
            f"Contact: {contact or f'<{self.contact}>'}", f"Expires: {expires}",
            *(f"Security-Client: {one}" for one in client), *tags, *rows,
            to=f"<{self.aor}>", sender=self.local, call_id=self.call_id,
            contact=False)
        self.last = self.challenge = self.ask(first)
        if self.challenge.status not in (401, 407):
            return self.last
        self.list = self.challenge.values("Security-Server")
        second = self.authorize(first, self.challenge, password)
        mirror = self.list if verify is MIRROR else verify
        at = len(second.headers) - 1
        second.headers[at:at] = [("Security-Verify", one) for one in mirror]
        self.last = self.ask(second)
        return self.last

    def verify(self):
        """The list mirrored, as rows for a later request."""
        return [f"Security-Verify: {one}" for one in self.list]

    # -- calls

    def invite(self, target, body, *rows, password=None, auth=True, **fields):
        """INVITE, and once more with credentials when challenged: the Call,
        whose reply is None as long as there is no final one. For fields see
        build()."""
        uri = target if target.startswith(("sip:", "urn:", "tel:")) else \
            f"sip:{target}@{self.domain}"
        call = Call(self, self.build("INVITE", uri, *rows, body=body, **fields))
        if not auth:
            return call
        reply = call.final()
        if reply.status in (401, 407):
            call.challenge, call.reply = reply, None
            call.send(self.authorize(call.invite, reply, password))
        return call


class Call:
    """A dialog that this phone began."""

    def __init__(self, agent, invite):
        self.agent, self.challenge, self.reply = agent, None, None
        self.send(invite)

    def send(self, invite):
        self.invite = self.agent.send(invite)
        self.cseq = int(invite.value("CSeq").split()[0])

    def progress(self, code, timeout=TIMEOUT):
        """Take a provisional reply."""
        call_id = self.invite.value("Call-ID")
        return self.agent.expect(
            lambda one: one.status == code and one.value("Call-ID") == call_id,
            f"a {code}", timeout)

    def final(self, timeout=TIMEOUT):
        """Take the final reply; one that is not 2xx gets its ACK."""
        self.reply = self.agent.answer(self.invite, timeout=timeout)
        if self.reply.status >= 300:
            self.acknowledge(self.invite, self.reply)
        return self.reply

    def acknowledge(self, invite, reply):
        """The ACK of a refusal."""
        return self.agent.acknowledge(invite, reply)

    def ack(self, *rows, body=None):
        """The ACK of a 2xx, a request of its own."""
        return self.agent.send(self.inside("ACK", *rows, body=body,
                                           cseq=self.cseq))

    def cancel(self, *rows):
        """CANCEL; its own final reply."""
        return self.agent.ask(self.agent.build(
            "CANCEL", self.invite.uri, *rows, contact=False,
            via=[self.invite.value("Via")], to=self.invite.value("To"),
            sender=self.invite.value("From"), cseq=self.cseq,
            call_id=self.invite.value("Call-ID")))

    def inside(self, method, *rows, body=None, cseq=None, dialog=None):
        """A request of this dialog (or of the early dialog of a 1xx)."""
        reply = dialog or self.reply
        if cseq is None:
            cseq = next(_numbers)
        routes = [one.strip() for row in reversed(reply.values("Record-Route"))
                  for one in reversed(row.split(","))]
        return self.agent.build(
            method, uri_of(reply.value("Contact")),
            *(f"Route: {route}" for route in routes), *rows, body=body,
            to=reply.value("To"), sender=self.invite.value("From"),
            call_id=self.invite.value("Call-ID"), cseq=cseq)

    def begin(self, method, *rows, body=None):
        """Send a request of this dialog; its reply is the caller's to take."""
        return self.agent.send(self.inside(method, *rows, body=body))

    def bye(self, *rows):
        return self.begin("BYE", *rows)
