"""Two nodes of a cluster, each in a network namespace of its own.

            the world: phones and core          10.8.0.8 and above
       a, b: the address of phones 10.8.0.1, the address of the core 10.8.0.2
            between a and b: 10.9.3.1 and 10.9.3.2, for KDMQ only

Both nodes have the service's addresses; which of them gets the packets is a route
of the world, as keepalived would move the addresses. Everything is in namespaces
that end with the process of the case: nothing is left behind, and no address or
port is anybody else's."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import time

from . import check, ng, parties
from .stack import Stack, die_with_parent, end

CLONE_NEWNET = 0x40000000
libc = ctypes.CDLL(None)
ACCESS, CORE, PHONE, SERVER = (f"10.8.0.{n}" for n in (1, 2, 10, 20))
PEOPLE = ("10.8.0.8/29", "10.8.0.16/28", "10.8.0.32/27", "10.8.0.64/26",
          "10.8.0.128/25")
SECRET = "the same on both nodes"


def ip(*words, node=None):
    """The ip command, in the namespace of a node."""
    within = ["nsenter", f"--net={node.namespace}"] if node else []
    subprocess.run([*within, "ip", *map(str, words)], check=True)


class Node(Stack):
    """Kamailio and rtpengine of one node. number: 1 or 2"""

    def __init__(self, name, defines, config, number):
        self.number, self.anchor, self.rtpengine_options = number, None, []
        self.own_ip = f"10.9.{number}.2"
        super().__init__(
            name, {"SECRET": SECRET, "STORE": "htable", **dict(defines)}, config)

    def _place(self):
        self.access, self.core_ip, self.phone_ip = ACCESS, CORE, PHONE
        self.ports = {"access": 5060, "tls": 5061, "core": 5070, "ng": 2223}
        self.core_agent = SERVER, 5060
        self.defines = {
            "CLUSTER_ALONE": 3, **self._defines(),
            "RTPENGINE_SOCK": f"udp:{self.own_ip}:2223",
            "CLUSTER_IP": f"10.9.3.{self.number}",
            "CLUSTER_PEER": f"10.9.3.{3 - self.number}"}

    def connect(self):
        """The node's namespace, and its cable to the world."""
        self.anchor = subprocess.Popen(["unshare", "--net", "sleep", "infinity"],
                                       preexec_fn=die_with_parent)
        mine = os.stat("/proc/self/ns/net").st_ino
        while os.stat(self.namespace).st_ino == mine:
            time.sleep(0.01)
        here, there = f"world{self.number}", "world"
        ip("link", "add", here, "type", "veth", "peer", "name", there,
           "netns", self.anchor.pid)
        ip("address", "add", f"10.9.{self.number}.1/24", "dev", here)
        ip("link", "set", here, "up")
        for name, addresses in (("lo", (f"{ACCESS}/32", f"{CORE}/32")),
                                (there, (f"{self.own_ip}/24",))):
            for address in addresses:
                ip("address", "add", address, "dev", name, node=self)
            ip("link", "set", name, "up", node=self)
        ip("route", "add", "default", "via", f"10.9.{self.number}.1", node=self)
        # as doc/cluster.md says: nobody outside has an address of the inside
        subprocess.run(["nsenter", f"--net={self.namespace}", "sh", "-c",
                        "echo 1 >/proc/sys/net/ipv4/conf/all/rp_filter"], check=True)

    @property
    def namespace(self):
        return f"/proc/{self.anchor.pid}/ns/net"

    def _spawn(self, name, command, environment=None):
        process = super()._spawn(name, ["nsenter", f"--net={self.namespace}", *command],
                                 environment)
        process.args = list(map(str, command))
        return process

    def socket(self, address, port=0):
        """A UDP socket inside."""
        with open("/proc/self/ns/net", "rb") as home, \
                open(self.namespace, "rb") as here:
            check.that(libc.setns(here.fileno(), CLONE_NEWNET) == 0, "no way in")
            try:
                one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            finally:
                check.that(libc.setns(home.fileno(), CLONE_NEWNET) == 0, "no way back")
        one.bind((address, port))
        return one

    def start_rtpengine(self):
        self.rtpengine = self._spawn("rtpengine", [
            *self.rtpengine_command(f"{self.own_ip}:2223"), *self.rtpengine_options])
        self._until(self.rtpengine, lambda: self.ng("ping", timeout=0.2))

    def ng(self, command, timeout=5, **fields):
        return ng.ask((self.own_ip, 2223), timeout, {"command": command, **fields})

    # ---- what becomes of it

    def die(self):
        """As in a power failure: nobody is told."""
        for process in (self.kamailio, self.rtpengine):
            with contextlib.suppress(ProcessLookupError):
                while True:  # until the last child of it is gone
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()
                    time.sleep(0.01)
        self.kamailio = self.rtpengine = None

    def hang(self):
        """It still has its sockets, but does nothing."""
        os.killpg(self.kamailio.pid, signal.SIGSTOP)

    def wake(self):
        os.killpg(self.kamailio.pid, signal.SIGCONT)

    def come_back(self):
        self.start_rtpengine()
        self.start_kamailio()

    def variable(self, name):
        return int(self.rpc("pv.shvGet", name)["value"])

    def ready(self, timeout=30):
        """Wait until it takes SIP."""
        self.await_variable("ready", 1, timeout)

    def await_variable(self, name, value, timeout=30):
        deadline = time.monotonic() + timeout
        while self.variable(name) != value:
            check.that(time.monotonic() < deadline,
                       f"node {self.number} has not {name}={value}")
            time.sleep(0.02)

    def cells(self):
        """The table's entries by key."""
        found = {}
        for slot in self.rpc("htable.dump", "mediasec"):
            for cell in slot["slot"] if "slot" in slot else slot.values():
                if isinstance(cell, dict):
                    found[cell["name"]] = cell["value"]
        return found

    def _dump(self):
        if self.kamailio:
            super()._dump()


class Cluster:
    """Two nodes; a has the service's addresses. Phones and core are those of the
    world."""

    node = Node

    def __init__(self, name, defines=(), config=None):
        check.that(libc.unshare(CLONE_NEWNET) == 0,
                   "no network namespace: this needs root")
        self.a = self.node(name, defines, config, 1)
        self.b = self.node(f"{name}-b", defines, config, 2)

    def __enter__(self):
        try:
            self._wire()
            for node in (self.a, self.b):
                node.__enter__()
            for node in (self.a, self.b):
                node.ready()
                node.await_variable("peer", 1)
        except BaseException:
            self.__exit__(True)
            raise
        return self

    def __exit__(self, failed, *args):
        with contextlib.ExitStack() as last:  # each, whatever the others say
            for node in (self.a, self.b):
                last.callback(end, node.anchor)
            for node in (self.a, self.b):
                last.callback(node.__exit__, failed, *args)

    def _wire(self):
        ip("link", "set", "lo", "up")
        for network in PEOPLE:
            ip("route", "add", "local", network, "dev", "lo")
        for node in (self.a, self.b):
            node.connect()
        ip("link", "add", "between", "netns", self.a.anchor.pid, "type", "veth",
           "peer", "name", "between", "netns", self.b.anchor.pid)
        for node in (self.a, self.b):
            ip("address", "add", f"10.9.3.{node.number}/24", "dev", "between",
               node=node)
            ip("link", "set", "between", "up", node=node)
        self.serve(self.a)

    def serve(self, node):
        """The service's addresses are at this node from here on."""
        for address in (ACCESS, CORE):
            ip("route", "replace", f"{address}/32", "via", node.own_ip)

    def cut(self):
        """The link between the nodes is down."""
        ip("link", "set", "between", "down", node=self.a)

    def heal(self):
        ip("link", "set", "between", "up", node=self.a)

    def same(self, timeout=10):
        """Wait until both nodes have the same table."""
        deadline = time.monotonic() + timeout
        while (here := self.a.cells()) != (there := self.b.cells()):
            check.that(time.monotonic() < deadline, "the tables differ: "
                       f"{set(here.items()) ^ set(there.items())}")
            time.sleep(0.05)
        return here

    def agreements(self):
        """Whose agreements both nodes have."""
        return sorted(value.split("|")[2] for key, value in self.same().items()
                      if key.startswith("b|"))

    # ---- the people around: see Stack

    def phone(self, *args, **fields):
        return self.a.phone(*args, **fields)

    def core(self):
        return self.a.core()

    def counters(self):
        return self.a.counters()

    def __getattr__(self, name):
        if name in ("phone_ip", "core_ip", "access", "domain", "logs", "defines"):
            return getattr(self.a, name)
        raise AttributeError(name)


class Redundant(Cluster):
    """Two nodes whose rtpengines know each other's calls, by a Redis that is
    neither's."""

    redis = None

    def _wire(self):
        super()._wire()
        self.redis = subprocess.Popen(
            ["redis-server", "--bind", "10.9.1.1", "10.9.2.1", "--save", "",
             "--protected-mode", "no", "--notify-keyspace-events", "K$gx"],
            stdout=open(self.a.logs / "redis.log", "wb"), cwd=self.a.run,
            preexec_fn=die_with_parent)
        parties.waited(self._answers, "Redis does not answer")
        for node in (self.a, self.b):
            node.rtpengine_options = [
                f"--redis=10.9.{node.number}.1:6379/{node.number}",
                f"--subscribe-keyspace={3 - node.number}"]

    @staticmethod
    def _answers():
        with contextlib.suppress(OSError):
            socket.create_connection(("10.9.1.1", 6379)).close()
            return True
        return False

    def __exit__(self, *args):
        try:
            super().__exit__(*args)
        finally:
            end(self.redis)
