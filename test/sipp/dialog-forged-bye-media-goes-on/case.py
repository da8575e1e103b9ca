import re

from lib import check, parties
from lib.message import Message


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    stranger = stack.phone("mallory")
    for mark in ("", ";ms=pp00123456789abcdef"):
        bye = stranger.send(forged(dialog.call.inside("BYE"), mark))
        check.status(stranger.answer(bye), 407)
        check.equal(len(stack.sessions()), 1, "sessions")
        dialog.talk(packets=20)
    dialog.hang_up()
    check.equal(len(stack.sessions()), 0, "sessions")


def forged(bye, mark):
    """With another mark in the Route, or none."""
    check.present(bye.value("Route"), ";ms=")
    return Message(bye.start, [
        (name, re.sub(";ms=[^;>]+", mark, value) if name == "Route" else value)
        for name, value in bye.headers], bye.body)
