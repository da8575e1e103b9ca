"""Somebody on the way between a client and Kamailio, on UDP, who changes what he
likes."""

import select
import socket
import threading


class Middle:
    """Clients send to `address`. change: what becomes of each message, from its
    text and whether it comes from Kamailio."""

    def __init__(self, stack, ip):
        self.server = stack.access, stack.ports["access"]
        self.change = lambda text, answer: text
        self.front, self.back = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                                 for _ in range(2))
        for one in (self.front, self.back):
            one.bind((ip, 0))
        self.address = "%s:%d" % self.front.getsockname()
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self):
        client = None
        while True:
            for one in select.select((self.front, self.back), (), ())[0]:
                data, source = one.recvfrom(1 << 16)
                answer = one is self.back
                data = self.change(data.decode(), answer).encode()
                if answer:
                    self.front.sendto(data, client)
                else:
                    client = source
                    self.back.sendto(data, self.server)
