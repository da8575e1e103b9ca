"""A registrar on the core side, for edge mode: challenges, checks the digest,
answers 200."""

import re

from .background import repeated
from .message import digest

REALM, NONCE = "registrar.test", "4e6f6e6365"


def serving(core, *rows, challenge="", granted=()):
    """The core agent answers REGISTERs meanwhile, with these header rows in every
    reply, these parameters in its challenge and these rows in its 200; the requests
    are in core.taken."""
    core.taken = []

    def serve():
        core.receive(0.05)
        while core.inbox:
            request = core.inbox.pop(0)
            core.taken.append(request)
            _answer(core, request, rows, challenge, granted)

    return repeated(serve)


def _answer(core, request, rows, challenge, granted):
    if not _proven(request):
        core.reply(request, 401, *rows, "WWW-Authenticate: Digest "
                   f'realm="{REALM}", nonce="{NONCE}", qop="auth"{challenge}')
        return
    expires = request.value("Expires") or "3600"
    contacts = [] if expires == "0" else [
        f"Contact: {value};expires={expires}" for value in request.values("Contact")]
    core.reply(request, 200, *rows, *granted, *contacts)


def _proven(request):
    """Is the digest that of the user's password?"""
    given = dict(re.findall(r'(\w+)="?([^",]+)"?', request.value("Authorization")))
    if "response" not in given:  # none, or as IMS handsets begin: an empty one
        return False
    user = given["username"]
    wanted = digest(user, REALM, f"{user}-pw", "REGISTER", given["uri"], NONCE,
                        given["cnonce"])
    return given["response"] == wanted
