"""Session descriptions: written as phones write them, read as they stood on
the wire."""

import base64
import os
import re

SUITE = "AES_CM_128_HMAC_SHA1_80"
OCTETS = {  # of key and salt: RFC 4568, RFC 6188, RFC 7714
    "AES_CM_128_HMAC_SHA1_80": 30, "AES_CM_128_HMAC_SHA1_32": 30,
    "AES_256_CM_HMAC_SHA1_80": 46, "AEAD_AES_128_GCM": 28,
    "AEAD_AES_256_GCM": 44, "NULL_HMAC_SHA1_80": 30,
    "F8_128_HMAC_SHA1_80": 30,
}


def key(suite=SUITE):
    return base64.b64encode(os.urandom(OCTETS[suite])).decode()


def crypto(tag=1, suite=SUITE, inline=None, extra=""):
    """One a=crypto attribute; extra is what follows the key."""
    return f"a=crypto:{tag} {suite} inline:{inline or key(suite)}{extra}"


def mline(port, *attributes, proto="RTP/AVP", media="audio", formats="0"):
    return [f"m={media} {port} {proto} {formats}", *attributes]


def body(ip, *mlines, session=(), version=1):
    lines = ["v=0", f"o=- 1 {version} IN IP4 {ip}", "s=-", f"c=IN IP4 {ip}",
             *session, "t=0 0"]
    for one in mlines:
        lines += one
    return "\r\n".join(lines) + "\r\n"


def plain(ip, port=40000, *attributes):
    return body(ip, mline(port, *attributes))


def secure(ip, port=40000, *cryptos, requested=True):
    """What Asterisk offers (spec.md W-6); without cryptos: one of its own."""
    marks = ["a=3ge2ae:requested"] if requested else []
    return body(ip, mline(port, *(cryptos or [crypto()]), *marks,
                          proto="RTP/SAVP"))


class Media:
    """One m-line of a body."""

    def __init__(self, lines, session_address):
        self.lines = lines
        self.name, port, self.proto = lines[0][2:].split()[:3]
        self.port = int(port)
        self.address = next((line.split()[-1] for line in lines
                             if line.startswith("c=")), session_address)
        # (tag, suite, key) of each a=crypto
        self.cryptos = [re.match(r"a=crypto:(\d+) (\S+) inline:([^|\s]+)",
                                 line).groups()
                        for line in lines if line.startswith("a=crypto:")]


def read(text):
    """The m-lines of a body."""
    session, sections = [], []
    for line in text.splitlines():
        if line.startswith("m="):
            sections.append([])
        (sections[-1] if sections else session).append(line)
    address = next((line.split()[-1] for line in session
                    if line.startswith("c=")), None)
    return [Media(section, address) for section in sections]
