"""A P-CSCF, IMS handsets and the S-CSCF behind it.

All of a case is in a network namespace of its own: at its start and end, Kamailio's
ims_ipsec_pcscf removes the associations of every Kamailio there.

            core 10.8.0.20 ... P-CSCF 10.8.0.1 --- handsets 10.8.1.0/24

Where the kernel has ESP, handsets are in a namespace behind a cable, and all between
the two is encrypted. Elsewhere they are on the same loopback, where no packet is
encrypted whatever the policies of the kernel say; these are looked at in any case."""

import contextlib
import ctypes
import os
import re
import select
import subprocess
import time

from . import check, registrar, sip
from .stack import Stack, die_with_parent, end
from .transport import Tcp, Udp

CLONE_NEWNET = 0x40000000
libc = ctypes.CDLL(None)
CK, IK = "aa" * 16, "bb" * 16
ACCESS_NETWORK = "P-Access-Network-Info: 3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=2620100"
SEC_AGREE = ("Require: sec-agree", "Proxy-Require: sec-agree")
SERVICE_ROUTE = "sip:orig@{};lr"


class Pcscf(Stack):
    """The sample configuration as a P-CSCF, natively routed whatever MEDIASEC_LUA."""

    def __init__(self, name, defines=(), config=None):
        super().__init__(name, {"PCSCF": "1", "REGISTRAR": "sip:{core}",
                                "REQUIRE_SECURE_TRANSPORT": "1",
                                "MECHANISMS": "sdes-srtp",
                                "VISITED_NETWORK": "visited.example", **dict(defines)}, config)
        self.own.pop("LUA", None)

    def __enter__(self):
        check.that(libc.unshare(CLONE_NEWNET) == 0,
                   "no network namespace: this needs root")
        ip("link", "set", "lo", "up")
        ip("route", "add", "local", "10.8.0.0/24", "dev", "lo")
        self.air = Air("10.8.1", self)
        return super().__enter__()

    def __exit__(self, *failed):
        super().__exit__(*failed)
        self.air.close()

    def _place(self):
        self.access, self.core_ip, self.phone_ip = (f"10.8.0.{n}" for n in (1, 2, 10))
        self.ports = {"access": 5060, "tls": 5061, "core": 5070, "ng": 2223}
        self.core_agent = "10.8.0.20", 5060
        self.defines = self._defines()

    def handset(self, user="alice", host=10):
        handset = Handset(self, user, f"{self.air.network}.{host}")
        self.agents.append(handset)
        return handset


def policies():
    """The kernel's IPsec policies, as direction, source and destination."""
    found = re.findall(
        r"src (\S+)/32 dst (\S+)/32 sport (\d+) dport (\d+)[^\n]*\n\s+dir (\w+)",
        ip("xfrm", "policy"))
    return {(way, f"{src}:{sport}", f"{dst}:{dport}")
            for src, dst, sport, dport, way in found}


def ip(*words, within=()):
    """The ip command; what it prints."""
    return subprocess.run([*within, "ip", *map(str, words)], check=True, text=True,
                          capture_output=True).stdout


class Air:
    """Between handsets and the P-CSCF."""

    def __init__(self, network, stack):
        self.network, self.stack, self.anchor = network, stack, None
        if _has_esp():
            self._cable()
        else:
            ip("route", "add", "local", f"{network}.0/24", "dev", "lo")

    def _cable(self):
        self.anchor = subprocess.Popen(["unshare", "--net", "sleep", "infinity"],
                                       preexec_fn=die_with_parent)
        here = os.stat("/proc/self/ns/net").st_ino
        while os.stat(self._namespace).st_ino == here:
            time.sleep(0.01)
        ip("link", "add", "air", "type", "veth", "peer", "name", "air", "netns",
           self.anchor.pid)
        ip("address", "add", f"{self.network}.1/24", "dev", "air")
        ip("link", "set", "air", "up")
        for words in (("link", "set", "lo", "up"), ("link", "set", "air", "up"),
                      ("route", "add", "local", f"{self.network}.8/29", "dev", "lo"),
                      ("route", "add", "local", f"{self.network}.16/28", "dev", "lo"),
                      ("route", "add", "local", f"{self.network}.32/27", "dev", "lo"),
                      ("address", "add", f"{self.network}.2/24", "dev", "air"),
                      ("route", "add", "10.8.0.0/24", "via", f"{self.network}.1")):
            self.ip(*words)
        ip("route", "add", f"{self.network}.0/24", "via", f"{self.network}.2",
           "metric", "1")

    @property
    def _namespace(self):
        return f"/proc/{self.anchor.pid}/ns/net"

    def ip(self, *words):
        """The ip command among the handsets."""
        return ip(*words, within=["nsenter", f"--net={self._namespace}"])

    @contextlib.contextmanager
    def there(self):
        """Sockets are made among the handsets meanwhile."""
        if not self.anchor:
            yield
            return
        with open("/proc/self/ns/net", "rb") as home, \
                open(self._namespace, "rb") as away:
            check.that(libc.setns(away.fileno(), CLONE_NEWNET) == 0, "no way there")
            try:
                yield
            finally:
                check.that(libc.setns(home.fileno(), CLONE_NEWNET) == 0, "no way back")

    def associate(self, mine, here, theirs, there, spi, way):
        """One security association of a handset: from an address and port to others."""
        if not self.anchor:
            return
        pair = ("src", mine, "dst", theirs)
        self.ip("xfrm", "state", "add", *pair, "proto", "esp", "spi", spi, "reqid", spi,
                "mode", "transport", "auth", "sha1", f"0x{IK}", "enc", "aes", f"0x{CK}")
        for proto in ("udp", "tcp"):
            self.ip("xfrm", "policy", "add", *pair, "proto", proto, "sport", here,
                    "dport", there, "dir", way, "tmpl", *pair, "proto", "esp", "reqid",
                    spi, "mode", "transport")

    def encrypted(self):
        """How many packets each association of the P-CSCF carried, by SPI."""
        found = re.findall(r"spi 0x[0-9a-f]+\((\d+)\).*?lifetime current:\s*"
                           r"\d+\(bytes\), (\d+)\(packets\)",
                           ip("-s", "xfrm", "state"), re.S)
        return {int(spi): int(packets) for spi, packets in found}

    def close(self):
        end(self.anchor)


def _has_esp():
    """Can the kernel make an association? Those of this namespace are gone then."""
    try:
        ip("xfrm", "state", "add", "src", "10.8.0.1", "dst", "10.8.0.1", "proto", "esp",
           "spi", "1", "mode", "transport", "auth", "sha1", f"0x{IK}", "enc", "aes",
           f"0x{CK}")
    except subprocess.CalledProcessError:
        return False
    ip("xfrm", "state", "flush")
    return True


class Ports:
    """The three UDP ports of a handset: the one before there is a security
    association, that it then sends from, and that it listens on. From the second it
    may connect."""

    def __init__(self, air, address, peer):
        self.air, self.peer = air, peer
        with air.there():
            self.open, self.client, self.server = (
                Udp(address, peer, port) for port in (5060, 0, 0))
        self.all = [self.open, self.client, self.server]
        self.sender, self.address = self.open, self.open.address
        self.name, self.tcp, self.received = "UDP", None, set()

    def protect(self, port):
        """From here on within an association with this port of the P-CSCF."""
        self.peer, self.client = (self.peer[0], port), self.all[1]
        self.sender, self.address = self.client, self.server.address
        self.received.clear()

    def renew(self):
        """Another port to send from, within the next associations."""
        with self.air.there():
            self.all.insert(1, Udp(self.client.address[0], self.peer))

    def connect(self):
        """Requests go over TCP from here on, within the same associations."""
        with self.air.there():
            self.tcp = Tcp(self.client.address[0], self.peer, self.client.address[1])
        self.name = "TCP"

    def send(self, data, peer=None):
        """Answers leave from where requests come in."""
        (self.server if peer else self.tcp or self.sender).send(data, peer or self.peer)

    def receive(self, timeout):
        got = self.tcp and self.tcp.receive(0)  # what came with another one
        if got:
            return got
        ready = select.select([one.socket for one in self._links()], [], [], timeout)[0]
        if not ready:
            return None
        if self.tcp and ready[0] is self.tcp.socket:
            return self.tcp.receive(0)
        got = ready[0].recvfrom(65535)
        self.received.add((got[1][1], ready[0].getsockname()[1]))
        return got

    def close(self):
        for one in self._links():
            one.close()

    def _links(self):
        return [self.tcp, *self.all] if self.tcp else self.all


class Handset(sip.Phone):
    """Registers as TS 24.229, 5.1.1 has it: first from its open port, then within
    the association that it agreed on."""

    def __init__(self, stack, user, address):
        super().__init__(
            Ports(stack.air, address, (stack.access, stack.ports["access"])), user,
            stack.domain, stack._wire(user), password=f"{user}-pw")
        self.spi = 1000 + len(stack.agents) * 10

    @property
    def contact(self):
        """Where it listens: from the association on, within it."""
        ports = self.transport
        ip, port = (ports.open if ports.sender is ports.open else ports.server).address
        return f"sip:{self.user}@{ip}:{port}"

    @property
    def ipsec(self):
        """What it offers for the signalling."""
        ports = self.transport
        return (f"ipsec-3gpp;spi-c={self.spi};spi-s={self.spi + 1};"
                f"port-c={ports.all[1].address[1]};port-s={ports.server.address[1]};"
                "prot=esp;mod=trans;alg=hmac-sha-1-96;ealg=aes-cbc")

    def build(self, method, *args, **fields):
        """With a Contact where there has to be one, and nowhere else."""
        if method in ("ACK", "BYE", "PRACK"):
            fields["contact"] = False
        return super().build(method, *args, **fields)

    def renew(self):
        """What it offers next: new SPIs and another port to send from."""
        self.transport.renew()
        self.spi += 2

    def register(self, *rows, client=None, tags=SEC_AGREE, **fields):
        if client is None:
            client = (f"{self.ipsec}, sdes-srtp;mediasec",)
        empty = ('Authorization: Digest username="{0}", realm="{1}", nonce="", '
                 'uri="sip:{2}", response="", integrity-protected="yes"').format(
                     self.user, registrar.REALM, self.domain)
        return super().register(ACCESS_NETWORK, empty, *rows, client=client, tags=tags,
                                **fields)

    def authorize(self, request, challenge, password=None):
        """The same within the association, if there is one to be had."""
        before = self.contact
        if self.agreed(challenge):
            self.associate(self.agreed(challenge))
        request.headers = [
            (name, value.replace(before, self.contact) if name == "Contact" else value)
            for name, value in request.headers
            if name not in ("Authorization", "Security-Verify")]
        self.protected = super().authorize(request, challenge, password)
        return self.protected

    def associate(self, theirs):
        """What follows is within the associations that both sides described."""
        ports, peer = self.transport, self.transport.peer[0]
        ports.protect(int(theirs["port-s"]))
        mine, uc = ports.client.address
        us, pc, ps = ports.server.address[1], theirs["port-c"], theirs["port-s"]
        for way, source, target, spi in (
                ("out", (mine, uc), (peer, ps), theirs["spi-s"]),
                ("out", (mine, us), (peer, pc), theirs["spi-c"]),
                ("in", (peer, pc), (mine, us), self.spi + 1),
                ("in", (peer, ps), (mine, uc), self.spi)):
            ports.air.associate(*source, *target, spi, way)

    def verified(self, *rows):
        """The last REGISTER within the association once more, with these values of
        Security-Verify; its reply."""
        message = self.again(self.protected)
        message.headers = [one for one in message.headers if one[0] != "Security-Verify"]
        at = len(message.headers) - 1
        message.headers[at:at] = [("Security-Verify", row) for row in rows]
        return self.ask(message)

    def agreed(self, reply):
        """The parameters of the P-CSCF's ipsec-3gpp."""
        row = next((row for row in reply.values("Security-Server")
                    if row.startswith("ipsec-3gpp")), "")
        return dict(re.findall(r";\s*([\w-]+)=([^;,\s]+)", row))

    def invite(self, *args, auth=False, **fields):
        """Nobody asks for a digest within an association."""
        return super().invite(*args, auth=auth, **fields)

    def within(self):
        """All that came since there are associations came through them."""
        ports, theirs = self.transport, self.agreed(self.challenge)
        pairs = {(int(theirs[there]), here.address[1]) for there, here in
                 (("port-c", ports.server), ("port-s", ports.client))}
        check.that(ports.received <= pairs, f"outside: {ports.received - pairs}")

    def associations(self):
        """The policies that belong to what both sides said."""
        ports, theirs = self.transport, self.agreed(self.challenge)
        mine, peer = ports.server.address[0], ports.peer[0]
        uc, us = (f"{mine}:{one.address[1]}" for one in (ports.client, ports.server))
        pc, ps = (f"{peer}:{theirs[name]}" for name in ("port-c", "port-s"))
        return {("in", uc, ps), ("out", pc, us), ("out", ps, uc), ("in", us, pc)}

    def is_associated(self):
        """The kernel has them; Kamailio 6 has some more."""
        missing = self.associations() - policies()
        check.that(not missing, f"no policies of the kernel: {missing}")


def serving(core):
    """The S-CSCF answers REGISTERs meanwhile: with the keys of the association in its
    challenge (TS 33.203, 6.1.1), and the route and the identity that it grants."""
    return registrar.serving(
        core, challenge=f', algorithm=MD5, ck="{CK}", ik="{IK}"',
        granted=("Service-Route: <{}>".format(SERVICE_ROUTE.format(core.address)),
                 f"P-Associated-URI: <sip:granted@{core.domain}>"))


def registered(stack, core, *args, **fields):
    """A handset with both agreements; for its arguments see Stack.handset()."""
    handset = stack.handset(*args, **fields)
    with serving(core):
        check.status(handset.register(), 200)
    return handset
