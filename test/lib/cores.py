"""A stack with two servers behind it, and who of them gets what."""

import time

from . import check, parties, sip
from .background import repeated
from .stack import NATIVE, Stack, free
from .transport import Udp


class Cores(Stack):
    """DISPATCHER has both, CORE_PEERS none of them."""

    def __init__(self, name, defines=(), config=None):
        super().__init__(name, {**NATIVE, "CORE_PROBE": "60", **dict(defines)}, config)

    def _place(self):
        super()._place()
        ip = self.core_agent[0].rpartition(".")[0] + ".21"
        self.both = [self.core_agent, (ip, free(ip))]
        self.defines |= {"DISPATCHER": self.run / "dispatcher.list",
                         "CORE_PEERS": "192.0.2.1"}
        del self.defines["NEXT_HOP"]

    def _furnish(self):
        super()._furnish()
        (self.run / "dispatcher.list").write_text(
            "".join("1 sip:%s:%d\n" % one for one in self.both), "ascii")

    def cores(self):
        """Both as parties."""
        return [parties.Party(self, self._core(at), parties.PLAIN) for at in self.both]

    def _core(self, at):
        ip, port = at
        core = sip.Agent(Udp(ip, (self.core_ip, self.ports["core"]), port),
                         "core", ip, self._wire(f"core-{port}"))
        self.agents.append(core)
        return core

    def living(self):
        """Their ports."""
        [group] = self.rpc("dispatcher.list")["RECORDS"]
        return {int(one["DEST"]["URI"].rpartition(":")[2])
                for one in group["SET"]["TARGETS"] if one["DEST"]["FLAGS"][0] != "I"}


def first_to_get(cores, method="INVITE", timeout=5):
    """Wait for a request at any of them: who has it, the other, and the request."""
    deadline = time.monotonic() + timeout
    while True:
        for core in cores:
            for one in core.agent.seen():
                if not one.status and one.method == method:
                    core.agent.inbox.remove(one)
                    [other] = [each for each in cores if each is not core]
                    return core, other, one
        check.that(time.monotonic() < deadline, f"{method} is nowhere")
        time.sleep(0.01)


def alive(core):
    """It answers OPTIONS meanwhile, and leaves the rest in its inbox."""
    def answer():
        core.agent.receive(0.05)
        for one in [one for one in core.agent.inbox if one.method == "OPTIONS"]:
            core.agent.inbox.remove(one)
            core.agent.reply(one, 200)

    return repeated(answer)
