"""SIP messages as text: built, parsed, and the digest of RFC 2617."""

import hashlib
import re
import uuid

COMPACT = {"v": "via", "f": "from", "t": "to", "i": "call-id", "m": "contact",
           "l": "content-length", "c": "content-type", "k": "supported"}


def token():
    """Something nobody has used before: a tag, a branch, a Call-ID."""
    return uuid.uuid4().hex[:12]


class Message:
    """A request or reply: start line, header rows in order, body."""

    def __init__(self, start, headers, body="", source=None):
        self.start, self.headers, self.body = start, headers, body
        self.source = source

    @classmethod
    def parse(cls, data, source=None):
        head, _, body = data.decode("utf-8", "replace").partition("\r\n\r\n")
        start, *rows = re.sub(r"\r\n[ \t]+", " ", head).split("\r\n")
        headers = [(name.strip(), value.strip()) for name, _, value in
                   (row.partition(":") for row in rows)]
        return cls(start, headers, body, source)

    @property
    def status(self):
        """The code of a reply, 0 for a request."""
        return int(self.start.split()[1]) if self.start.startswith("SIP/") else 0

    @property
    def method(self):
        """Of a request; for a reply, of the request it answers."""
        return self.value("CSeq").split()[-1]

    @property
    def uri(self):
        return self.start.split()[1]

    def values(self, name):
        """Each row of this header, as written."""
        name = name.lower()
        return [value for key, value in self.headers
                if COMPACT.get(key.strip().lower(), key.strip().lower()) == name]

    def value(self, name):
        return next(iter(self.values(name)), "")

    def tag(self, name):
        found = re.search(r";\s*tag=([^;>\s]+)", self.value(name))
        return found.group(1) if found else ""

    def __str__(self):
        rows = "".join(f"{name}: {value}\r\n" for name, value in self.headers)
        return f"{self.start}\r\n{rows}\r\n{self.body}"

    def encode(self):
        return str(self).encode()


def split(row):
    """A header row as it goes out -> (name, value); folding is kept."""
    name, _, value = row.partition(":")
    return name, value.lstrip(" ")


def uri_of(value):
    """The URI of a name-addr or addr-spec."""
    found = re.search(r"<([^>]*)>", value)
    return found.group(1) if found else value.split(";")[0].strip()


def digest(user, realm, password, method, uri, nonce, cnonce=None):
    """The response of RFC 2617, with qop=auth if there is a cnonce."""
    def md5(*parts):
        return hashlib.md5(":".join(parts).encode()).hexdigest()

    quality = ("00000001", cnonce, "auth") if cnonce else ()
    return md5(md5(user, realm, password), nonce, *quality, md5(method, uri))


def credentials(challenge, method, uri, user, password):
    """The value of an Authorization header for a Digest challenge."""
    field = {name.lower(): quoted or plain for name, quoted, plain in
             re.findall(r'(\w+)=(?:"([^"]*)"|([^\s,]+))', challenge)}
    realm, nonce = field["realm"], field["nonce"]
    cnonce = token() if "qop" in field else None
    proof = digest(user, realm, password, method, uri, nonce, cnonce)
    quality = f', qop=auth, nc=00000001, cnonce="{cnonce}"' if cnonce else ""
    return (f'Digest username="{user}", realm="{realm}", nonce="{nonce}", '
            f'uri="{uri}", algorithm=MD5, response="{proof}"{quality}')
