"""TLS profiles of the sample configuration, and certificates for them."""

import re
import shutil
import socket
import ssl
import subprocess

from . import check
from .stack import CONFIG

SHIPPED = CONFIG.parent / "tls-profiles.cfg"


def profiles(stack, *pairs):
    """Start with the shipped profiles, those that are commented out included, with
    certificates of this stack and each first text replaced by the second."""
    text = re.sub("^#(?=[^ ]+( =|$))", "", SHIPPED.read_text("utf-8"), flags=re.M)
    for old, new in (("/etc/kamailio", stack.run), *pairs):
        check.that(old in text, f"not in the shipped profiles: {old}")
        text = text.replace(old, str(new))
    path = stack.run / "tls-profiles.cfg"
    path.write_text(text, "utf-8")
    stack.defines["TLS_PROFILES"] = path
    for name in ("mediasec", "example-net", "clients-ca"):
        create(stack, name, f"{name}.example")
    (stack.run / "clients-ca-cert.pem").rename(stack.run / "clients-ca.pem")
    stack.restart()


def create(stack, name, *names):
    """NAME-cert.pem and NAME-key.pem, under these names, where older ones are
    overwritten only when both are there."""
    fresh = stack.run / "fresh-cert.pem", stack.run / "fresh-key.pem"
    subprocess.run([CONFIG.parent / "create-cert", *fresh, *names], check=True)
    for path in fresh:
        shutil.move(path, stack.run / path.name.replace("fresh", name))


def installed(stack, name="mediasec"):
    return ssl.PEM_cert_to_DER_cert((stack.run / f"{name}-cert.pem").read_text("ascii"))


def shown(phone):
    """The certificate that this connection was opened with."""
    return phone.transport.socket.getpeercert(binary_form=True)


def context(stack, own=None):
    """What a client connects with. own: its certificate, as create() made it."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname, made.verify_mode = False, ssl.CERT_NONE
    if own:
        made.load_cert_chain(stack.run / f"{own}-cert.pem", stack.run / f"{own}-key.pem")
    return made


def connected(stack, name=None, own=None, ciphers=None, newest=None):
    """The server's certificate on a new connection, over which it answers: in TLS 1.3
    a client learns only then that it is refused. None if it is."""
    made = context(stack, own)
    if ciphers:
        made.set_ciphers(ciphers)
    if newest:
        made.maximum_version = newest
    ask = (f"OPTIONS sip:{stack.domain} SIP/2.0\r\nVia: SIP/2.0/TLS 192.0.2.1;"
           "branch=z9hG4bKx\r\nFrom: <sip:x@x>;tag=x\r\nTo: <sip:x@x>\r\nCall-ID: x\r\n"
           "CSeq: 1 OPTIONS\r\nMax-Forwards: 9\r\nContent-Length: 0\r\n\r\n")
    try:
        with made.wrap_socket(socket.create_connection(
                (stack.access, stack.ports["tls"]), 5), server_hostname=name) as link:
            link.sendall(ask.encode())
            return link.getpeercert(True) if link.recv(4096) else None
    except (ssl.SSLError, ConnectionError):
        return None
