"""The line of each refusal, as the guide describes it."""

import re

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


def added(stack, before, number=1):
    """Wait until there are so many more than before, and no more than those: them."""
    return check.gathered(lambda: lines(stack)[before:], number, "lines")


def has(line, /, **fields):
    check.equal({name: line[name] for name in fields}, fields, f"of {line}")
