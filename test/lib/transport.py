"""UDP, TCP and TLS, one whole SIP message at a time."""

import re
import select
import socket
import ssl
import time

from .check import Failed

TIMEOUT = 5  # seconds nothing on a loopback takes


class Udp:
    name = "UDP"

    def __init__(self, ip, peer, port=0):
        self.peer = peer
        self.socket = socket.socket(socket.AF_INET6 if ":" in ip else socket.AF_INET,
                                    socket.SOCK_DGRAM)
        self.socket.bind((ip, port))
        self.address = self.socket.getsockname()[:2]

    def send(self, data, peer=None):
        self.socket.sendto(data, peer or self.peer)

    def receive(self, timeout):
        """The next message with its source, or None."""
        if not select.select([self.socket], [], [], timeout)[0]:
            return None
        return self.socket.recvfrom(65535)

    def close(self):
        self.socket.close()


class Tcp:
    name = "TCP"

    def __init__(self, ip, peer, port=0):
        self.peer, self.data = peer, b""
        self.socket = self.secure(socket.create_connection(
            peer, TIMEOUT, source_address=(ip, port)))
        self.address = self.socket.getsockname()[:2]

    def secure(self, plain):
        return plain

    def send(self, data, peer=None):
        self.socket.settimeout(TIMEOUT)
        self.socket.sendall(data)

    def receive(self, timeout):
        end = time.monotonic() + timeout
        while True:
            message = self._take()
            if message:
                return message, self.peer
            left = max(0, end - time.monotonic())
            pending = getattr(self.socket, "pending", lambda: 0)()
            if not pending and not select.select([self.socket], [], [], left)[0]:
                return None
            self.socket.settimeout(TIMEOUT)
            more = self.socket.recv(65535)
            if not more:
                raise Failed("Kamailio closed the connection")
            self.data += more

    def _take(self):
        """One whole message out of what arrived."""
        self.data = self.data.lstrip(b"\r\n")
        head, end, _ = self.data.partition(b"\r\n\r\n")
        if not end:
            return None
        found = re.search(rb"^(?:content-length|l)\s*:\s*(\d+)", head, re.I | re.M)
        size = len(head) + 4 + int(found.group(1) if found else 0)
        if len(self.data) < size:
            return None
        message, self.data = self.data[:size], self.data[size:]
        return message

    def close(self):
        self.socket.close()


class Tls(Tcp):
    name = "TLS"

    def secure(self, plain):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return context.wrap_socket(plain)


TRANSPORTS = {"udp": Udp, "tcp": Tcp, "tls": Tls}
