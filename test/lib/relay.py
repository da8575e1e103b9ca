"""Between Kamailio and rtpengine: passes the ng commands on and counts them."""

import collections
import socket
import threading

from . import check, ng, parties

PONG = b" d6:result4:ponge"


class Relay:
    """Made before the Stack, so that RTPENGINE_SOCK can name it. It answers pings
    itself until it is told where rtpengine is."""

    def __init__(self):
        self.front = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.front.bind(("127.0.0.1", 0))
        self.target, self.seen, self._cookies = None, [], {}
        self._held, self._waiting = set(), []
        threading.Thread(target=self._forward, daemon=True).start()

    @property
    def defines(self):
        return {"RTPENGINE_SOCK": "udp:%s:%d" % self.front.getsockname()}

    def lead_to(self, stack, port=None):
        """From here on commands go to the rtpengine of a stack, or to that with
        this ng port."""
        back = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        back.bind((stack.core_ip, 0))
        self.target = back, (stack.core_ip, port or stack.ports["ng"])
        threading.Thread(target=self._return, daemon=True).start()

    def lose(self):
        """From here on it answers nothing."""
        self.target = socket.socket(socket.AF_INET, socket.SOCK_DGRAM), ("127.0.0.1", 9)

    def hold(self, *commands):
        """From here on these get no further."""
        self._held = set(commands)

    def release(self):
        """They go on, as nothing was."""
        self._held, waiting, self._waiting = set(), self._waiting, []
        for data in waiting:
            self.target[0].sendto(data, self.target[1])

    def number(self, command):
        """How many of these have come since the last time."""
        return sum(one["command"] == command for one in self.seen)

    def take(self):
        """Number of each command since the last time, and the call-ids."""
        seen, self.seen = self.seen, []
        return (collections.Counter(one["command"] for one in seen),
                {one["call-id"] for one in seen})

    def counted(self, what, **wanted):
        """These commands and no others come; of calls that ended, within a second.
        What mediasec_watch asks does not count."""
        def seen():
            return collections.Counter(one["command"] for one in self.seen
                                       if one["command"] != "query")

        parties.waited(lambda: seen().total() >= sum(wanted.values()),
                       f"too few commands of {what}", 5)
        check.equal(dict(seen()), wanted, f"commands of {what}")
        self.seen = []

    def _forward(self):
        while True:
            data, source = self.front.recvfrom(1 << 16)
            cookie, _, text = data.partition(b" ")
            command = ng.bdecode(text)[0]
            if not self.target:
                self.front.sendto(cookie + PONG, source)
                continue
            if cookie not in self._cookies and command["command"] != "ping":
                self.seen.append(command)
            self._cookies[cookie] = source
            if command["command"] in self._held:
                self._waiting.append(data)
                continue
            self.target[0].sendto(data, self.target[1])

    def _return(self):
        while True:
            data = self.target[0].recv(1 << 16)
            self.front.sendto(data, self._cookies[data.partition(b" ")[0]])
