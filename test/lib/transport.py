"""UDP, TCP, TLS and WebSocket, one whole SIP message at a time."""

import base64
import os
import re
import select
import socket
import ssl
import struct
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


class Ws(Tcp):
    """RFC 7118: each message is one frame; what we send is masked."""
    name = "WS"

    def secure(self, plain):
        link = super().secure(plain)
        link.sendall("\r\n".join((
            "GET / HTTP/1.1", "Host: test", "Upgrade: websocket", "Connection: Upgrade",
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
            "Sec-WebSocket-Protocol: sip", "Sec-WebSocket-Version: 13", "",
            "")).encode())
        while b"\r\n\r\n" not in self.data:
            self.data += link.recv(4096) or b"\r\n\r\n"
        head, _, self.data = self.data.partition(b"\r\n\r\n")
        if b" 101 " not in head:
            raise Failed(f"no WebSocket: {head[:100]}")
        return link

    def send(self, data, peer=None):
        self._frame(0x1, data)

    def _frame(self, kind, data):
        mask = os.urandom(4)
        size = (bytes([0x80 | len(data)]) if len(data) < 126 else
                struct.pack("!BH", 0x80 | 126, len(data)))
        super().send(bytes([0x80 | kind]) + size + mask +
                     bytes(byte ^ mask[i % 4] for i, byte in enumerate(data)))

    def _take(self):
        while len(self.data) >= 2:
            kind, size, at = self.data[0] & 0xf, self.data[1] & 0x7f, 2
            if size == 126:
                size, at = struct.unpack("!H", self.data[2:4].rjust(2, b"\0"))[0], 4
            if len(self.data) < at + size:
                return None
            data, self.data = self.data[at:at + size], self.data[at + size:]
            if kind == 0x9:  # ping
                self._frame(0xa, data)
            elif kind < 0x8:
                return data
        return None


class Wss(Ws, Tls):
    name = "WSS"


TRANSPORTS = {"udp": Udp, "tcp": Tcp, "tls": Tls, "ws": Ws, "wss": Wss}
