"""The line of each refusal, as the guide describes it."""

import re
import time

from . import check

FIELDS = ["reason", "code", "of", "method", "aor", "src", "ci"]


def lines(stack):
    """All of them in their order: field -> value."""
    found = []
    for line in re.findall(r"\brefused (reason=.*)", stack.log()):
        fields = dict(field.split("=", 1) for field in line.split(" "))
        check.equal(list(fields), FIELDS, f"fields of {line!r}")
        found.append(fields)
    return found


def added(stack, before, number=1, seconds=5):
    """Wait until there are so many more than before, and no more than those: them."""
    deadline = time.monotonic() + seconds
    while len(lines(stack)) < before + number:
        check.that(time.monotonic() < deadline, f"no line: {lines(stack)[before:]}")
        time.sleep(0.02)
    check.equal(len(lines(stack)), before + number, f"lines {lines(stack)[before:]}")
    return lines(stack)[before:]


def has(line, /, **fields):
    check.equal({name: line[name] for name in fields}, fields, f"of {line}")
