"""Assertions that say in one line what was wanted and what was seen."""

import re
import time


class Failed(Exception):
    """A case does not hold; its text is the reason."""


def that(condition, reason):
    if not condition:
        raise Failed(str(reason).replace("\n", " "))


def equal(seen, wanted, what):
    that(seen == wanted, f"{what}: wanted {wanted!r}, seen {seen!r}")


def status(reply, wanted):
    that(reply.status == wanted,
         f"reply to {reply.method}: wanted {wanted}, seen {reply.start}")


def rows(message, name, wanted):
    """Exactly these rows of a header, in this order."""
    equal(message.values(name), list(wanted), f"{name} in {message.start!r}")


def absent(text, *needles):
    """None of these regular expressions is found, in any case of letters."""
    for needle in needles:
        hit = re.search(needle, str(text), re.I | re.M)
        that(not hit, f"{needle!r} is in {_around(str(text), hit)!r}")


def present(text, *needles):
    for needle in needles:
        that(re.search(needle, str(text), re.I | re.M),
             f"{needle!r} is not in {str(text)[:400]!r}")


def gathered(read, number, what, seconds=5):
    """Wait until read() has so many of them, and no more: them."""
    deadline = time.monotonic() + seconds
    while len(read()) < number and time.monotonic() < deadline:
        time.sleep(0.02)
    found = read()
    that(len(found) == number, f"wanted {number} {what}, seen {found}")
    return found


def _around(text, hit):
    return text[max(0, hit.start() - 40):hit.end() + 40] if hit else ""
