"""The stack with rtpengine as it is shipped, in rtpengine-conf."""

from .stack import ROOT, Stack

CONFIG = ROOT / "rtpengine-conf" / "rtpengine.conf"


class Shipped(Stack):
    """self.ports["cli"] has to be set, too."""

    def start_rtpengine(self):
        self.rtpengine = self._spawn("rtpengine", [
            "rtpengine", "-f", "-E", f"--config-file={CONFIG}",
            f"--pidfile={self.run}/rtpengine.pid",
            f"--interface=access/{self.access}", f"--interface=core/{self.core_ip}",
            f"--listen-ng={self.core_ip}:{self.ports['ng']}",
            f"--listen-cli={self.core_ip}:{self.ports['cli']}"])
        self._until(self.rtpengine, lambda: self.ng("ping", timeout=0.2))
