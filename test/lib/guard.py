"""What the sample configuration bans and locks, and who has to feel it."""

import contextlib
import time

from . import check, parties


def neighbour(stack, number=11):
    """Another address of the access side."""
    return f"{stack.phone_ip.rpartition('.')[0]}.{number}"


def table(stack, name):
    """A table of htable."""
    return {cell["name"]: cell["value"] for slot in stack.rpc("htable.dump", name)
            for cell in (slot["slot"] if "slot" in slot else slot.values())
            if isinstance(cell, dict)}


def counter(stack, name):
    """A counter of the script."""
    [value] = stack.rpc("stats.fetch", f"guard.{name}").values()
    return int(value)


def options(agent):
    """What needs no password."""
    return agent.build("OPTIONS", f"sip:{agent.domain}", contact=False)


def flood(agent, number=300, data=None):
    with contextlib.suppress(OSError):  # it may be disconnected
        for _ in range(number):
            agent.transport.send(data or options(agent).encode())


def is_answered(agent, seconds=0.3):
    """Is a request of this one answered at all?"""
    deadline = time.monotonic() + seconds
    try:
        asked = agent.send(options(agent))
        while time.monotonic() < deadline:
            agent.receive(0.02)
            if any(one.value("Call-ID") == asked.value("Call-ID")
                   for one in agent.inbox):
                return True
    except (OSError, check.Failed):
        pass  # disconnected
    return False


def heard(agent):
    parties.waited(lambda: is_answered(agent), f"{agent.address} is not heard", 5)


def ignored(agent):
    check.that(not is_answered(agent), f"{agent.address} is heard")


def bans(stack, *sources):
    """Exactly these are banned, and one line was logged for each."""
    check.equal(sorted(table(stack, "ban")), sorted(sources), "who is banned")
    for source in sources:
        check.equal(stack.log().count(f"flood: {source} is banned"), 1,
                    f"lines about {source}")
    check.equal(counter(stack, "banned"), len(sources), "counter banned")


def guess(phone, number, status=401, **fields):
    """So many REGISTERs with a wrong password, and what each gets."""
    for _ in range(number):
        check.status(phone.register(password="wrong", **fields), status)
    return phone.last


def addresses(stack, *lines):
    """The file of ADDRESSES, and its path."""
    path = stack.run / "addresses"
    path.write_text("".join(f"{line}\n" for line in ("# some", *lines)), "ascii")
    return path


def reread(stack):
    """Read it again: permissions does so once in 5 s."""
    parties.waited(lambda: "OK" in stack.kamcmd("permissions.addressReload"),
                   "addresses are not read again")
