from pathlib import Path

from lib import check

ROUTES = Path(__file__).parents[1] / "lib" / "events.cfg"


def runs(stack):
    return "MEDIASEC EVENTS" in [one["DSC"] for one in stack.rpc("core.psx")]


def run(stack):
    check.that(not runs(stack), "a process that nobody needs")
    stack.config = ROUTES
    stack.restart()
    check.that(runs(stack), "no process for events")
