"""A real Asterisk as a PBX: registrations and calls that nobody here wrote. It runs
in the chroot that test/asterisk makes, on the network of the host."""

import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from . import baresip, check, media
from .stack import ROOT, die_with_parent, end, free

CHROOT = ROOT / "build" / "chroot" / "asterisk"
GUIDE = ROOT / "doc" / "clients" / "asterisk" / "pjsip.conf"
FREEPBX = ROOT / "doc" / "clients" / "freepbx" / "pjsip_custom_post.conf"

ASTERISK = """\
[directories]
astetcdir => {run}
astmoddir => /usr/lib/x86_64-linux-gnu/asterisk/modules
astvarlibdir => /var/lib/asterisk
astdbdir => {run}
astkeydir => {run}
astdatadir => /usr/share/asterisk
astagidir => {run}
astspooldir => {run}
astrundir => {run}
astlogdir => {run}
"""
MODULES = """\
[modules]
autoload = no
""" + "".join(f"load = {name}.so\n" for name in (
    "res_timing_timerfd", "res_sorcery_config", "res_sorcery_memory",
    "res_sorcery_astdb", "res_pjproject", "res_pjsip", "res_pjsip_session",
    "res_pjsip_sdp_rtp", "res_pjsip_rfc3329", "res_pjsip_outbound_registration",
    "res_pjsip_outbound_authenticator_digest", "res_pjsip_logger",
    "res_pjsip_pubsub", "res_pjsip_caller_id", "res_rtp_asterisk", "res_srtp", "chan_pjsip", "codec_alaw",
    "codec_ulaw", "format_wav", "pbx_config", "bridge_simple", "app_playtones",
    "app_mixmonitor", "res_clioriginate"))
LOGGER = "[logfiles]\nconsole => error,warning,notice,verbose\n"
AT_ONCE = (("type=registration", "type=registration\nmax_random_initial_delay=0"),)
RTP = "[general]\nrtpstart=42200\nrtpend=42300\n"
# who is called, and who calls, plays a tone and records what is heard
EXTENSIONS = """\
[from-sbc]
exten => _[a-z0-9].,1,Answer()
 same => n,Goto(talk,s,1)
[talk]
exten => s,1,MixMonitor({run}/mix.wav,r({run}/heard.wav))
 same => n,Playtones({tone})
 same => n,Wait(60)
"""


def trunk(server, domain, certificate, *changes):
    """The file of the guide with other names. changes: more of it, as pairs of a
    text and what it becomes."""
    text = GUIDE.read_text("utf-8")
    for old, new in (("sbc.example.net:5061", server), ("@example.net", f"@{domain}"),
                     ("/etc/ssl/certs/ca-certificates.crt", str(certificate)),
                     *changes):
        check.that(old in text, f"not in {GUIDE.name}: {old}")
        text = text.replace(old, new)
    return text


def as_freepbx(text):
    """The same trunk as FreePBX writes it, all sections under one name and in its
    order, and what the guide adds to that."""
    text = re.sub(r"security_\w+=.*\n", "", text.replace("sbc-auth", "sbc"))
    head, *sections = re.split(r"^(?=\[)", text, flags=re.M)
    kinds = ["transport", "endpoint", "aor", "auth", "registration"]
    sections.sort(key=lambda one: kinds.index(re.search(r"type=(\w+)", one)[1]))
    text = head + "\n".join(sections).replace("sbc-aor", "sbc")
    return (text.replace("[sbc-registration]", "[sbc]") +
            "\n[global]\ntype=global\n" + FREEPBX.read_text("utf-8"))


class Asterisk:
    """A PBX that registers as alice. server: where, if not at the stack itself;
    changes: of the trunk in the guide; write: what becomes of its text."""

    def __init__(self, stack, *changes, server=None, write=str):
        self.stack, self.log = stack, stack.logs / "asterisk.msg"
        self.root = Path(tempfile.mkdtemp(prefix="ms-", dir=CHROOT / "tmp"))
        self.run = f"/tmp/{self.root.name}"
        self.ip = stack.phone_ip
        shutil.copy(stack.defines["TLS_CERT"], self.root / "ca.pem")
        self._write("asterisk.conf", ASTERISK)
        self._write("modules.conf", MODULES)
        self._write("logger.conf", LOGGER)
        self._write("rtp.conf", RTP)
        self._write("extensions.conf", EXTENSIONS)
        server = server or f"{stack.access}:{stack.ports['tls']}"
        (self.root / "pjsip.conf").write_text(write(
            trunk(server, stack.domain, f"{self.run}/ca.pem", *AT_ONCE,
                  ("0.0.0.0:5081", f"{self.ip}:{free(self.ip)}"), *changes)), "ascii")
        with open(self.log, "w", encoding="ascii") as log:
            self.process = subprocess.Popen(
                ["chroot", CHROOT, "asterisk", "-f", "-C", f"{self.run}/asterisk.conf"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, preexec_fn=die_with_parent)
        self._started()

    def _started(self):
        self.until(lambda: "booted" in self.command("core waitfullybooted"),
                   "Asterisk does not start")
        self.command("pjsip set logger on")

    def restart(self):
        """It forgets all it has learned."""
        before = self.said().count("Asterisk Ready")
        self.command("core restart now")
        self.until(lambda: self.said().count("Asterisk Ready") > before,
                   "Asterisk does not restart")
        self._started()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        end(self.process)
        shutil.rmtree(self.root)

    def _write(self, name, text):
        (self.root / name).write_text(text.format(run=self.run, tone=media.UP), "ascii")

    def command(self, line):
        """A line of its console; what it prints."""
        try:
            return subprocess.run(
                ["chroot", CHROOT, "asterisk", "-C", f"{self.run}/asterisk.conf", "-rx",
                 line], check=False, text=True, capture_output=True, timeout=10).stdout
        except subprocess.TimeoutExpired:
            raise check.Failed(f"Asterisk does not answer: {line}") from None

    def until(self, seen, reason, seconds=15):
        deadline = time.monotonic() + seconds
        while not seen():
            check.that(self.process.poll() is None, "Asterisk has ended")
            check.that(time.monotonic() < deadline, reason)
            time.sleep(0.05)

    def is_registered(self):
        return " Registered " in self.command("pjsip show registrations")

    def said(self):
        return self.log.read_text("utf-8", "replace")

    def sent(self, method):
        """The requests of this method that it sent, its latest last."""
        return [one for one in self.said().split("<--- Transmitting SIP request")
                if re.search(rf"\A[^\n]*\n{method} ", one)]

    def dial(self, number="200"):
        """A call from it, that talks to whoever answers."""
        self.command(f"channel originate PJSIP/{number}@sbc extension s@talk")

    def hang_up(self):
        self.command("channel request hangup all")

    def heard(self, tone):
        """Wait until this was most of what it heard in its latest call."""
        self.until(lambda: "0 active channels" in self.command("core show channels"),
                   "Asterisk does not hang up")
        # a thread of its own writes it
        self.until(lambda: baresip.is_recorded(self.root / "heard.wav", tone),
                   f"Asterisk did not hear {tone} Hz", 5)
