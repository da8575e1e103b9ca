"""Clients that are called elsewhere than they register from, by a registrar that
takes their Contact as it stands."""

import select
import socket
import ssl

from . import check, sdp, sip, stack as servers
from .transport import Tcp

NAT = (("register.cfg", "\tfix_nated_register();\n", ""),
       ("call.cfg", "\tset_forward_no_connect();\n", ""))
# with a registrar behind us, whose INVITE leads to the Contact as well
LOOKUP = ("call.cfg", '\tif($du == $null && !lookup("location")) return;\n',
          '\t$fs = "udp:%ACCESS_IP%:%ACCESS_PORT%";\n')


def as_it_stands(stack, *changes):
    """Start without what the sample configuration does for clients behind NAT."""
    servers.end(stack.kamailio)
    stack.change(('modparam("usrloc", "handle_lost_tcp", 1)', ""))
    for name, old, new in (*NAT, *changes):
        path = stack.config.parent / "routes" / name
        text = path.read_text("utf-8")
        check.that(old in text, f"not in {name}: {old}")
        path.write_text(text.replace(old, new), "utf-8")
    stack.defines.pop("LUA", None)  # these routes are not in Lua
    stack.start_kamailio()


class Listening(Tcp):
    """A port that Kamailio connects to."""

    def __init__(self, ip, context=None):
        self.server = socket.create_server((ip, 0))
        self.address = self.server.getsockname()[:2]
        self.name = "TLS" if context else "TCP"
        self.context, self.socket, self.peer, self.data = context, None, None, b""

    def receive(self, timeout):
        if not self.socket:
            if not select.select([self.server], [], [], timeout)[0]:
                return None
            plain, self.peer = self.server.accept()
            self.socket = self.context.wrap_socket(plain, server_side=True) \
                if self.context else plain
        return super().receive(timeout)

    def close(self):
        if self.socket:
            super().close()
        self.server.close()


def listening(stack, transport, user="alice"):
    """A phone that is connected to."""
    context = None
    if transport == "tls":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(stack.run / "cert.pem", stack.run / "key.pem")
    phone = stack.phone(user)
    phone.transport.close()
    phone.transport = Listening(stack.phone_ip, context)
    return phone


def offered(stack, core, target, *phones):
    """The profiles these phones are offered in a call of the core, who decline."""
    uri = target if target.startswith("sip:") else f"sip:{target}@{stack.domain}"
    call = sip.Call(core, core.build("INVITE", uri,
                                     body=sdp.plain(core.transport.address[0])))
    invites = [phone.request("INVITE") for phone in phones]
    for phone, invite in zip(phones, invites):
        phone.reply(invite, 486)
        phone.request("ACK")
    check.status(call.final(), 486)
    return [sdp.read(invite.body)[0].proto for invite in invites]


def reset(stack, transport):
    """Connections are gone, and Kamailio connects anew: each is called as before."""
    as_it_stands(stack)
    core = stack.core()
    for user, asks, proto in (("alice", {}, "RTP/SAVP"),
                              ("carol", {"client": (), "tags": ()}, "RTP/AVP")):
        phone, ear = stack.phone(user, transport), listening(stack, transport, user)
        check.status(phone.register(contact=f"<{ear.contact}>", **asks), 200)
        phone.transport.close()
        for name in (user, user.upper()):
            check.equal(offered(stack, core, name, ear), [proto], f"offer to {name}")
