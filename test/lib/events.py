"""The module's events, as test/sipp/lib/events.cfg logs them."""

import re

from . import check


def seen(stack):
    """All of them in their order: field -> value, without those that are $null."""
    lines = re.findall(r"EVENT (event=.*)", stack.log())
    return [{name: value for name, value in
             (field.split("=", 1) for field in line.split(" ")) if value != "<null>"}
            for line in lines]


def next_ones(stack, number, seconds=5):
    """Wait until there are so many, and no more: the events."""
    return check.gathered(lambda: seen(stack), number, "events", seconds)


def has(event, /, **fields):
    """These fields have these values; None: they are $null."""
    check.equal({name: event.get(name) for name in fields}, fields, f"of {event}")
