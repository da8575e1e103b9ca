import socket
import struct

from lib import calls, check, parties, sdp, sip
from lib.message import Message
from lib.stack import NATIVE, Stack


class Captured(Stack):
    """It mirrors to a socket of ours."""

    def _place(self):
        super()._place()
        self.capture = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.capture.bind((self.core_ip, 0))
        self.capture.settimeout(0.3)
        self.defines["HEP"] = "sip:%s:%d" % self.capture.getsockname()

    def mirrored(self):
        """All packets by now: their messages."""
        found = []
        while True:
            try:
                found.append(Message.parse(payload(self.capture.recv(65535))))
            except TimeoutError:
                return found


SERVERS = Captured
DEFINES = NATIVE
KEY = "5ec2e7" * 5 + "00"


def run(stack):
    core, bob = parties.behind(stack), parties.registered(stack, parties.PLAIN, "bob")
    for transport in ("udp", "tcp", "tls"):
        alice = parties.registered(stack, parties.SDES, transport=transport)
        check.that(any(one.method == "REGISTER" for one in stack.mirrored()), "REGISTER")
        for caller, callee in ((alice, core), (core, alice), (alice, bob)):
            dialog = parties.connect(stack, caller, callee)
            dialog.hang_up()
            seen = mirrored(stack, dialog.call.invite.value("Call-ID"))
            check.equal({"BYE", "ACK"} - {one.method for one in seen}, set(), "methods")
            bodies = [one.body for one in seen if one.body]
            check.that(core not in (caller, callee) or len(bodies) == 2,
                       f"{len(bodies)} bodies of the core side")
            check.that(all(line.proto == "RTP/AVP" for body in bodies
                           for line in sdp.read(body)), "a profile")
        check.present(alice.agent.wire, "inline:")
        alice.agent.close()

    # the core's own keys, and a phone's where they do not belong
    call = sip.Call(core.agent, core.agent.build(
        "INVITE", f"sip:bob@{stack.domain}", body=sdp.secure(core.ip)))
    bob.agent.reply(bob.agent.request("INVITE"), 486)
    call.final()
    bob.agent.request("ACK")
    call = bob.agent.invite("200", bob.offer(), "X-Note: a=crypto:1 x inline:" + "A" * 40)
    core.agent.reply(core.agent.request("INVITE"), 486)
    check.status(call.final(), 486)
    # those of IPsec, in a challenge
    call = parties.invite(stack, bob, bob.offer())
    core.agent.reply(core.agent.request("INVITE"), 401, "WWW-Authenticate: Digest "
                     f'realm="x", nonce="y", ck="{KEY}", ik="{KEY}"')
    check.present(call.final(), KEY)
    mirrored(stack)
    calls.no_sessions(stack)


def mirrored(stack, call_id=None):
    """What was mirrored of a call; none of it has a key."""
    seen = stack.mirrored()
    for one in seen:
        check.absent(one, "inline", "crypto", KEY)
    return [one for one in seen if one.value("Call-ID") == call_id]


def payload(packet):
    """The captured message in a packet of HEP 3: chunk 15."""
    check.equal(packet[:4], b"HEP3", "magic")
    at = 6
    while at < len(packet):
        _, kind, length = struct.unpack_from("!HHH", packet, at)
        if kind == 15:
            return packet[at + 6:at + length]
        at += length
    raise check.Failed("no payload")
