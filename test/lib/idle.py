"""Connections on which nothing is said."""

from . import check
from .transport import TRANSPORTS


def shorten(stack):
    """Idle connections end after two seconds, not thirty."""
    stack.change(("tcp_connection_lifetime=30", "tcp_connection_lifetime=2"),
                 ('"connection_timeout", 30', '"connection_timeout", 2'))
    stack.restart()


def check_ended(stack, phones):
    """A new connection of each transport that says nothing is ended; those of the
    phones are not."""
    for name in ("tcp", "tls"):
        link = TRANSPORTS[name](stack.phone_ip, (stack.access, stack.ports[
            "tls" if name == "tls" else "access"]))
        link.socket.settimeout(15)
        try:
            check.equal(link.socket.recv(1), b"", "what an idle connection gets")
        except TimeoutError:
            raise check.Failed(f"idle on {name} for ever") from None
        link.close()
    ports = {phone.transport.address[1] for phone in phones}
    kept = {int(one["src_port"]): int(one["lifetime"])
            for one in stack.rpc("core.tcp_list")}
    for port in ports:
        check.equal(kept.get(port), 7400, "lifetime of a phone's connection")
