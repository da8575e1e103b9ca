from pathlib import Path

from lib import check, parties

ROUTES = Path(__file__).parents[1] / "lib" / "events.cfg"


def runs(stack):
    def names():
        return [one["DSC"] for one in stack.rpc("core.psx")]

    parties.waited(lambda: "tcp main process" in names(), "the last one to start")
    return "MEDIASEC EVENTS" in names()


def run(stack):
    check.that(not runs(stack), "a process that nobody needs")
    stack.config = ROUTES
    stack.restart()
    check.that(runs(stack), "no process for events")
