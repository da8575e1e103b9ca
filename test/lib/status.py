"""A stack with the status page, and who asks for it."""

import base64
import http.client
import json
import socket
import ssl

from .stack import CONFIG, Stack, free

USER, PASSWORD = "operator", "s3cret $x"


class Status(Stack):
    def _place(self):
        super()._place()
        self.port = free(self.core_ip)
        self.defines |= {
            "STATUS_IP": self.core_ip, "STATUS_PORT": str(self.port),
            "STATUS_USER": USER, "STATUS_PASSWORD": PASSWORD,
            "STATUS_PAGE": CONFIG.parent / "status.html"}

    def page(self, path, user=USER, password=PASSWORD, method="GET", rows=()):
        """Status, header rows and body of an answer."""
        link = http.client.HTTPSConnection(self.core_ip, self.port, timeout=5,
                                           context=ssl._create_unverified_context())
        try:
            word = base64.b64encode(f"{user}:{password}".encode()).decode()
            link.request(method, path, headers={
                **({"Authorization": f"Basic {word}"} if user else {}), **dict(rows)})
            answer = link.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read().decode()
        finally:
            link.close()

    def first_answer(self, *requests):
        """What is answered first to requests that follow each other at once."""
        return first_answer(ssl._create_unverified_context().wrap_socket(
            socket.create_connection((self.core_ip, self.port), timeout=5)), *requests)

    def told(self, path):
        """The result of one of the addresses the page reads."""
        return json.loads(self.page(path)[2])["result"]


def first_answer(link, *requests):
    """What is answered first on a connection."""
    with link:
        link.sendall("".join(requests).encode())
        return link.recv(4096).decode()
