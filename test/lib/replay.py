"""A recorded phone, once more: each of its requests as it was, with the
addresses of today, digests computed anew and dialogs that really exist."""

import re

from . import calls, check, sdp, sip
from .message import Message, credentials
from .stack import ROOT

TRACES = ROOT / "test" / "vectors" / "traces"
MARK = re.compile(r"^(?:<<< .*|>>> *|<--- .* --->)\n", re.M)
OURS = ("Via", "Content-Length", "Authorization", "Proxy-Authorization", "Route")


def requests(name):
    """What the phone sent, in order."""
    text = (TRACES / name).read_text("utf-8")
    for part in MARK.split(text):
        head, _, body = part.partition("\n\n")
        if head and not head.startswith("SIP/2.0"):
            data = "\r\n".join(head.split("\n")) + "\r\n\r\n" + \
                "\r\n".join(body.rstrip("\n").split("\n") + [""] if body.strip() else [])
            yield Message.parse(data.encode())


def play(phone, core, name):
    """Every request has to get what a good server answers, and never a 494; the
    calls go to the core, which takes them."""
    player = _Player(phone, core)
    for request in requests(name):
        getattr(player, request.method.lower())(request)
    check.absent(phone.wire, "^SIP/2.0 494")
    return player


class _Player:
    def __init__(self, phone, core):
        self.phone, self.core = phone, core
        self.challenge, self.call, self.talks = {}, None, 0

    def _today(self, request):
        """The request with addresses, branch and credentials of today."""
        phone, call_id = self.phone, request.value("Call-ID")
        ip, port = phone.transport.address
        here, there = f"{ip}:{port}", "%s:%d" % phone.transport.peer
        start = re.sub(r"127\.0\.0\.1:50[67]\d", there, request.start)
        headers = [("Via", phone.via())]
        for name, value in request.headers:
            if name not in OURS:
                headers.append((name, re.sub(r"127\.0\.0\.1:508\d", here, value)))
        if request.values("Authorization") + request.values("Proxy-Authorization"):
            challenge = self.challenge[call_id]
            kind, asked = (("Authorization", "WWW-Authenticate")
                           if challenge.status == 401 else
                           ("Proxy-Authorization", "Proxy-Authenticate"))
            headers.append((kind, credentials(
                challenge.value(asked), request.method, start.split()[1],
                phone.user, phone.password)))
        headers.append(("Content-Length", str(len(request.body))))
        return Message(start, headers, request.body)

    @staticmethod
    def _has_credentials(request):
        return bool(request.values("Authorization") +
                    request.values("Proxy-Authorization"))

    def register(self, request):
        reply = self.phone.ask(self._today(request))
        check.status(reply, 200 if self._has_credentials(request) else 401)
        check.that(reply.values("Security-Server"), f"no list in {reply.start}")
        self.challenge[request.value("Call-ID")] = reply

    def invite(self, request):
        self.call = sip.Call(self.phone, self._today(request))
        if not self._has_credentials(request):
            check.status(self.call.final(), 407)  # and its ACK
            self.challenge[request.value("Call-ID")] = self.call.reply
            return
        invite = calls.take(self.phone, self.core, self.call)
        check.equal(sdp.read(invite.body)[0].proto, "RTP/AVP", "profile in the core")
        self.core.reply(invite, 200, body=sdp.plain("127.0.0.1"))
        check.status(self.call.final(), 200)
        [answer] = sdp.read(self.call.reply.body)
        check.equal((answer.proto, len(answer.cryptos)), ("RTP/SAVP", 1), "answer")
        self.talks += 1

    def ack(self, request):
        if self.call.reply.status == 200:  # that of a refusal was sent at once
            self.call.ack(*self._rows(request))
            self.core.request("ACK")

    def bye(self, request):
        bye = self.call.bye(*self._rows(request))
        self.core.reply(self.core.request("BYE"), 200)
        check.status(self.phone.answer(bye), 200)

    @staticmethod
    def _rows(request):
        return [f"{name}: {value}" for name, value in request.headers
                if name.startswith("Security-") or name.endswith("Require")]
