"""The stack with rtpengine as it is shipped, in rtpengine-conf."""

import subprocess

from .stack import ROOT, Stack, free

CONFIG = ROOT / "rtpengine-conf" / "rtpengine.conf"


class Shipped(Stack):
    """What the file says counts, but for the places."""

    rtpengine_options = ()  # more of its command line

    def _place(self):
        super()._place()
        self.ports["cli"] = free(self.core_ip)

    def start_rtpengine(self):
        self.rtpengine = self._spawn("rtpengine", [
            "rtpengine", "-f", "-E", f"--config-file={CONFIG}",
            f"--pidfile={self.run}/rtpengine.pid",
            f"--interface=access/{self.access}", f"--interface=core/{self.core_ip}",
            f"--listen-ng={self.core_ip}:{self.ports['ng']}",
            f"--listen-cli={self.core_ip}:{self.ports['cli']}", *self.rtpengine_options])
        self._until(self.rtpengine, lambda: self.ng("ping", timeout=0.2))

    def ctl(self, *words):
        """What rtpengine-ctl prints."""
        return subprocess.run(
            ["rtpengine-ctl", "-ip", self.core_ip, "-port", str(self.ports["cli"]),
             *words], check=True, text=True, capture_output=True).stdout
