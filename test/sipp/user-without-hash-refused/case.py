import hashlib
import re

from lib import check


def md5(*parts):
    return hashlib.md5(":".join(parts).encode()).hexdigest()


def run(stack):
    """auth_db hashes 32 bytes, whether or not they are in the database."""
    stack.sql("INSERT INTO subscriber (username, ha1, ha1b) VALUES "
              "('none', '', ''), ('short', ?, ?)", "x" * 31, "x" * 31)
    for user, ha1 in ("none", "\0" * 32), ("short", "x" * 31 + "\0"):
        phone, uri = stack.phone(user), f"sip:{stack.domain}"
        first = phone.build("REGISTER", uri, to=f"<{phone.aor}>")
        nonce = re.search('nonce="([^"]+)"',
                          phone.ask(first).value("WWW-Authenticate")).group(1)
        proof = md5(ha1, nonce, "00000001", "c", "auth", md5("REGISTER", uri))
        for name in user, f"{user}@{stack.domain}":  # by column ha1, and ha1b
            check.status(phone.ask(phone.again(
                first, f'Authorization: Digest username="{name}", '
                f'realm="{stack.domain}", nonce="{nonce}", uri="{uri}", qop=auth, '
                f'nc=00000001, cnonce="c", response="{proof}"')), 401)
