"""Real packets: test/media's peer at both ends of a call, with the keys that
stood in the SDP on the wire (R-28), and captures of what passed."""

import contextlib
import signal
import subprocess

from . import check, sdp
from .stack import ROOT

PEER = ROOT / "build" / "media" / "mediapeer"
UP, DOWN = 440, 880  # the tone of the phone, the tone of the core


class Certificate:
    """What a phone with DTLS-SRTP has before the call. kind: ec or rsa."""

    def __init__(self, stack, name="phone", kind="ec", digest="sha-256"):
        self.path = stack.logs / f"{name}.pem"
        self.fingerprint = subprocess.run(
            [PEER, "cert", "--out", self.path, "--type", kind,
             "--hash", digest],
            check=True, text=True, capture_output=True).stdout.strip()

    def attributes(self, setup="actpass"):
        """For the m-line of the SDP."""
        return [f"a=setup:{setup}", f"a=fingerprint:{self.fingerprint}"]


def attribute(media, name):
    """The value of one a= line of an m-line."""
    start = f"a={name}:"
    return next((line[len(start):] for line in media.lines
                 if line.startswith(start)), None)


def dtls(mine, theirs, certificate):
    """The keys of an End with DTLS-SRTP. certificate is what it shows: the
    fingerprint in its SDP may be another one's. One talk a call: rtpengine
    shakes hands once, and never again after a refusal."""
    role = attribute(mine, "setup")
    if role == "actpass":  # RFC 5763, 5: the answer has chosen
        role = {"active": "passive", "passive": "active"}[
            attribute(theirs, "setup")]
    return ["--dtls", role, "--cert", certificate.path,
            "--peer-fingerprint", attribute(theirs, "fingerprint")]


class End:
    """One end of a call: where it listens, where it sends, and its keys.
    mine and theirs are an m-line of its own SDP and of the one it got; the
    a=crypto that counts is the one whose tag and suite stand in both. With a
    certificate the keys come from DTLS-SRTP."""

    def __init__(self, mine, theirs, send, expect, certificate=None):
        self.arguments = [
            "--local", f"{mine.address}:{mine.port}",
            "--remote", f"{theirs.address}:{theirs.port}",
            "--send-hz", str(send), "--expect-hz", str(expect)]
        own = {(tag, suite): key for tag, suite, key in mine.cryptos}
        others = {(tag, suite): key for tag, suite, key in theirs.cryptos}
        self.keys = []
        if certificate:
            self.keys = dtls(mine, theirs, certificate)
        elif own or others:
            [chosen] = own.keys() & others.keys()
            self.keys = ["--suite", chosen[1], "--tx-key", own[chosen],
                         "--rx-key", others[chosen]]


def ends(offer, taken, answer, got):
    """Caller and callee, from four bodies: the offer as it was sent and as it
    arrived, the answer as it was sent and as it arrived."""
    first = [sdp.read(body)[0] for body in (offer, taken, answer, got)]
    return (End(first[0], first[3], UP, DOWN), End(first[2], first[1], DOWN, UP))


def talk(phone, core, packets=50, silent=False, keys=None):
    """Both ends send and listen at once. silent: neither may hear the other;
    keys replaces those of the phone. Returns what phone and core said."""
    ends = []
    for end, own in ((phone, phone.keys if keys is None else keys),
                     (core, core.keys)):
        command = [PEER, "talk", *end.arguments, "--packets", str(packets), *own]
        ends.append(subprocess.Popen(
            command + (["--expect-silence"] if silent else []), text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT))
    said = [one.communicate(timeout=30)[0].strip() for one in ends]
    for name, one, line in zip(("phone", "core"), ends, said):
        check.that(one.returncode == 0, f"media at the {name}: {line}")
    return said


def talk_alone(end, packets=100):
    """One end, in real time, to somebody who is no mediapeer."""
    done = subprocess.run(
        [PEER, "talk", *end.arguments, "--packets", str(packets), "--interval-ms",
         "20", *end.keys], check=False, text=True, capture_output=True)
    check.that(done.returncode == 0, f"media: {done.stdout.strip()}")


@contextlib.contextmanager
def capture(stack, ip, name, what=None):
    """Everything on UDP that this address sends or gets meanwhile; what: another
    filter of tcpdump."""
    path = stack.logs / f"{name}.pcap"
    dump = subprocess.Popen(
        ["tcpdump", "-i", "lo", "-n", "-U", "--immediate-mode", "-Z", "root",
         "-w", str(path), what or f"udp and host {ip}"],
        stderr=subprocess.PIPE, text=True)
    check.that("listening" in dump.stderr.readline(), "tcpdump does not listen")
    try:
        yield path
    finally:
        dump.send_signal(signal.SIGINT)
        dump.communicate(timeout=10)


def heard(path, tone):
    """Is this tone in a capture, in clear?"""
    found = subprocess.run([PEER, "find", "--pcap", path, "--hz", str(tone)],
                           check=False, text=True, capture_output=True)
    check.that(found.returncode in (0, 1), f"mediapeer find: {found.stderr}")
    return found.returncode == 0

