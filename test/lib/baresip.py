"""baresip as a phone: media that nobody here wrote. It plays a tone from a file
and records what it hears into another."""

import contextlib
import json
import math
import re
import socket
import struct
import subprocess
import time
import wave

from . import calls, check, media, parties, sdp
from .stack import die_with_parent, end, free

RATE = 8000
SECONDS = 60  # of the tone: longer than any call
CONFIG = """\
sip_listen {ip}:{port}
net_interface {ip}
ctrl_tcp_listen {ip}:{control}
rtp_ports 42000-42100
audio_source aufile,{run}/tone.wav
audio_player aubridge,nobody
audio_channels 1
ausrc_srate {rate}
auplay_srate {rate}
snd_path {run}
module_path /usr/lib/baresip/modules
module g711.so
module aufile.so
module aubridge.so
module sndfile.so
module srtp.so
module dtls_srtp.so
module_tmp account.so
module_app menu.so
module_app ctrl_tcp.so
"""


class Baresip:
    """A registered subscriber. mediaenc: how it protects its media, by
    baresip's names; tone: what it plays."""

    def __init__(self, stack, user, mediaenc, tone, transport="udp"):
        self.log = stack.logs / f"baresip-{user}.log"
        self.run = stack.run / f"baresip-{user}"
        self.run.mkdir()
        ip = stack.phone_ip
        control = (ip, free(ip))
        write_tone(self.run / "tone.wav", tone)
        self._write("config", CONFIG.format(ip=ip, port=free(ip), rate=RATE,
                                            control=control[1], run=self.run))
        port = stack.ports["tls" if transport == "tls" else "access"]
        self._write("accounts",
                    f"<sip:{user}@{stack.domain};transport={transport}>"
                    f";auth_pass={user}-pw;mediaenc={mediaenc}"
                    f';outbound="sip:{stack.access}:{port};transport={transport}"\n')
        self._write("contacts", "")
        with open(self.log, "w", encoding="ascii") as log:
            self.process = subprocess.Popen(
                ["baresip", "-v", "-f", self.run], stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True,
                preexec_fn=die_with_parent)
        self.control = self._connect(control)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.control.close()
        end(self.process)

    def _write(self, name, text):
        (self.run / name).write_text(text, "ascii")

    def _connect(self, address):
        deadline = time.monotonic() + 10
        while True:
            with contextlib.suppress(ConnectionRefusedError):
                return socket.create_connection(address, 10)
            check.that(time.monotonic() < deadline, "baresip does not start")
            time.sleep(0.02)

    def command(self, name, parameters=""):
        text = json.dumps({"command": name, "params": parameters}).encode()
        self.control.sendall(b"%d:%s," % (len(text), text))

    def said(self, pattern, seconds=10):
        """Wait for a line of its log."""
        deadline = time.monotonic() + seconds
        while not re.search(pattern, self.log.read_text("utf-8", "replace")):
            check.that(time.monotonic() < deadline, f"baresip never says {pattern}")
            time.sleep(0.02)

    def heard(self, tone):
        """Is most of what it recorded this tone?"""
        [path] = self.run.glob("dump-*-dec.wav")
        return is_recorded(path, tone)


def write_tone(path, tone):
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(b"".join(
            struct.pack("<h", round(12000 * math.sin(2 * math.pi * tone * i / RATE)))
            for i in range(RATE)) * SECONDS)


def is_recorded(path, tone):
    """Is most of a recording this tone?"""
    with wave.open(str(path)) as file:
        samples = struct.unpack(f"<{file.getnframes()}h",
                                file.readframes(file.getnframes()))
    size = RATE // 20
    frames = [samples[i:i + size] for i in range(0, len(samples) - size, size)]
    return sum(is_tone(one, tone) for one in frames) > len(frames) / 2


def is_tone(samples, tone):
    """Has one tone most of the energy? (Goertzel)"""
    factor = 2 * math.cos(2 * math.pi * tone / RATE)
    first = second = 0.0
    for sample in samples:
        first, second = sample + factor * first - second, first
    power = first * first + second * second - factor * first * second
    energy = sum(sample * sample for sample in samples)
    return energy > 0 and power / (energy * len(samples) / 2) > 0.8


def answer(core, invite):
    """The INVITE or re-INVITE of baresip gets its 200; the core's end."""
    body = core.answer(invite.body)
    core.agent.reply(invite, 200, body=body)
    core.agent.request("ACK")
    return media.End(sdp.read(body)[0], sdp.read(invite.body)[0], media.DOWN,
                     media.UP)


def calls_core(stack, mediaenc, transport="udp"):
    """A call from baresip to the core with tones both ways, before and after it
    was on hold, and nothing in clear outside."""
    core = parties.behind(stack)
    with Baresip(stack, "alice", mediaenc, media.UP, transport) as alice, \
            media.capture(stack, stack.access, "access") as outside:
        alice.said("200 OK")
        alice.command("dial", f"sip:200@{stack.domain}")
        media.talk_alone(answer(core, core.agent.request("INVITE")))
        alice.said("'Secure'")
        alice.command("hold")
        answer(core, core.agent.request("INVITE"))
        alice.command("resume")
        media.talk_alone(answer(core, core.agent.request("INVITE")))
        alice.command("hangup")
        core.agent.reply(core.agent.request("BYE"), 200)
        alice.said("terminated")
        check.that(alice.heard(media.DOWN), "baresip did not hear the core")
    for tone in (media.UP, media.DOWN):
        check.that(not media.heard(outside, tone), f"{tone} Hz in clear outside")
    calls.no_keys(core.agent)
    check.absent(core.agent.wire, "fingerprint", "setup:")
    calls.no_sessions(stack)
