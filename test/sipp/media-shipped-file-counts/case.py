import re
import subprocess

from lib import check, media, parties
from lib.shipped import CONFIG
from lib.shipped import Shipped as SERVERS

TOLD = {"timeout": "timeout", "silent-timeout": "silenttimeout",
        "final-timeout": "finaltimeout", "offer-timeout": "offertimeout",
        "max-sessions": "maxsessions"}


def run(stack):
    text = CONFIG.read_text("utf-8")
    known = subprocess.run(["rtpengine", "--help"], check=True, text=True,
                           capture_output=True).stdout
    for name in re.findall("^#?([a-z-]+) = ", text, re.M):
        check.present(known, f" --{name}[= ]")
    for name, asked in TOLD.items():
        value = re.search(f"^{name} = (.*)", text, re.M)[1]
        check.equal(re.findall(r"\d+", stack.ctl("list", asked)), [value], name)
    core = parties.behind(stack)
    rsa = media.Certificate(stack, "alice", kind="rsa")
    alice = parties.registered(stack, parties.PASSIVE, certificate=rsa)
    for cipher, wanted in (("ECDHE-RSA-AES128-GCM-SHA256", True),
                           ("AES128-GCM-SHA256", False)):  # RSA key exchange
        alice.renew()
        dialog = parties.connect(stack, alice, core)
        check.equal(shakes_hands(alice, cipher), wanted, cipher)
        dialog.hang_up()


def shakes_hands(party, cipher):
    """Does rtpengine take a server that knows this cipher only?"""
    with subprocess.Popen(
            ["openssl", "s_server", "-dtls1_2", "-use_srtp", "SRTP_AES128_CM_SHA1_80",
             "-cipher", cipher, "-cert", party.certificate.path, "-key",
             party.certificate.path, "-Verify", "1", "-accept",
             f"{party.ip}:{party.port}"], stdin=subprocess.PIPE, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as server:
        try:
            return next(found[0] == "CIPHER is" for found in (
                re.search("CIPHER is|no shared cipher", line)
                for line in server.stdout) if found)
        finally:
            server.terminate()
