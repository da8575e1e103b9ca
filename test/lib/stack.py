"""A Kamailio with an rtpengine, on addresses and ports of their own."""

import contextlib
import ctypes
import fcntl
import json
import os
import random
import re
import shlex
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path

from . import check, ng, sip, users
from .message import token
from .transport import TRANSPORTS, Udp

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "test"
CONFIG = ROOT / "kamailio-cfg" / "kamailio.cfg"
LUA = {"LUA": str(CONFIG.parent / "lua" / "kamailio.lua")}  # routes in Lua
NATIVE = {"LUA": None}  # never in Lua, whatever MEDIASEC_LUA says
MODULE = Path(os.environ.get("MEDIASEC_SO", ROOT / "build" / "mediasec.so")).resolve()
RTPENGINE = shlex.split(os.environ.get("RTPENGINE", "rtpengine"))

STORE = os.environ.get("MEDIASEC_STORE", "htable")

START = 40  # seconds; an address sanitizer makes the start slow
STOP = 15
IPV6 = "::1"  # the access side, for phones on IPv6
GRACE = 32  # seconds a record outlives its contact
TELEKOM = "msrp-tls,sdes-srtp,dtls-srtp"  # the list of W-1
# what no log may hold, whatever the case is about; to Kamailio's TCP process a
# worker that ends before it, at the stop, is EOF, and a script may send anything
FORBIDDEN = (r"inline:", r"\bBUG\b", r"CRITICAL: (?!.* (receive_fd|udp_send)\(\): )",
             r"segfault|by a signal (?!15\b)|signal 11",
             r"AddressSanitizer|runtime error:")


class Stack:
    """One case's own servers. `defines` override the sample configuration, with
    {phone} for the phones' address and {core} for address and port of the core
    agent; `config` is another file to start Kamailio with."""

    memory = ("-m", "64", "-M", "16")  # MB: small, so that leaks show
    options = ()  # more of Kamailio's command line
    users = ("alice", "bob", "carol")  # with the passwords alice-pw and so on

    def __init__(self, name, defines=(), config=None):
        self.config = Path(config or CONFIG)
        self.logs = BUILD / name
        BUILD.mkdir(parents=True, exist_ok=True)
        self.lock = open(BUILD / f".{name}.lock", "w", encoding="ascii")
        fcntl.flock(self.lock, fcntl.LOCK_EX)  # another test/run has this case
        shutil.rmtree(self.logs, ignore_errors=True)
        self.logs.mkdir()
        self.run = Path(tempfile.mkdtemp(prefix="ms-"))  # short, for sockets
        self.run.chmod(0o755)
        self.agents, self.kamailio, self.rtpengine = [], None, None
        self.spares = []
        self.own = {"MECHANISMS": TELEKOM, "REQUIRE_SECURE_TRANSPORT": "0",
                    "STORE": STORE, **(LUA if os.environ.get("MEDIASEC_LUA") else {}),
                    **dict(defines)}
        if self.own["STORE"] == "usrloc":
            self.own.setdefault("DB_MODE", "1")

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self.__exit__(True)
            raise
        return self

    def __exit__(self, failed, *_):
        for agent in self.agents:
            agent.close()
        if not failed:
            self._dump()
        faults = self._kill()
        shutil.rmtree(self.run, ignore_errors=True)
        if not failed:
            check.that(not faults, "\n".join(faults))
            self.check_logs()

    def _dump(self):
        """The table into rpc.log, to be checked with the other logs."""
        self.rpc("htable.dump", "mediasec")

    def _start(self, tries=3):
        """On other addresses if somebody took one of ours meanwhile."""
        try:
            self._place()
            self._furnish()
            self.start_rtpengine()
            self.start_kamailio()
        except OSError as reason:
            check.that(tries > 1, f"no start: {reason}")
            self._kill()
            self._start(tries - 1)

    # ---- addresses

    def _place(self):
        """A network of the loopback that nobody uses, and free ports in it."""
        net = f"127.{random.randint(1, 254)}.{random.randint(1, 254)}"
        self.access, self.core_ip, self.phone_ip = f"{net}.1", f"{net}.2", f"{net}.10"
        self.ports = {
            "access": free(self.access), "tls": free(self.access),
            "core": free(self.core_ip), "ng": free(self.core_ip)}
        self.core_agent = (f"{net}.20", free(f"{net}.20"))
        self.defines = self._defines()

    def _defines(self):
        """What the sample configuration has to know of the places."""
        return {
            "ACCESS_IP": self.access, "ACCESS_PORT": self.ports["access"],
            "ACCESS_TLS_PORT": self.ports["tls"],
            "CORE_IP": self.core_ip, "CORE_PORT": self.ports["core"],
            "DOMAIN": "example.net", "RUN_DIR": self.run,
            "DB_URL": f"sqlite:///{self.run}/users.sqlite",
            "TLS_CERT": self.run / "cert.pem", "TLS_KEY": self.run / "key.pem",
            "RTPENGINE_SOCK": f"udp:{self.core_ip}:{self.ports['ng']}",
            "MEDIA_ACCESS": "access", "MEDIA_CORE": "core",
            "NEXT_HOP": "sip:%s:%d" % self.core_agent, "CORE_PEERS": self.core_agent[0],
            "CHILDREN": "2",
            **{name: value.format(phone=self.phone_ip, core="%s:%d" % self.core_agent)
               for name, value in self.own.items() if value is not None}}

    def _furnish(self):
        """A database with the users, and a certificate."""
        users.create(self.run / "users.sqlite", self.domain, self.users)
        subprocess.run([CONFIG.parent / "create-cert", self.defines["TLS_CERT"],
                        self.defines["TLS_KEY"], self.domain, self.access], check=True)

    @property
    def domain(self):
        return self.defines["DOMAIN"]

    # ---- processes

    def start_rtpengine(self):
        self.rtpengine = self._rtpengine(self.ports["ng"], 20000)

    def spare_rtpengine(self):
        """One more of them; its ng port."""
        port = free(self.core_ip)
        self.spares.append(self._rtpengine(port, 20500))
        return port

    def _rtpengine(self, port, media):
        process = self._spawn("rtpengine", self.rtpengine_command(
            f"{self.core_ip}:{port}", media))
        self._until(process, lambda: ng.ask((self.core_ip, port), 0.2,
                                            {"command": "ping"}))
        return process

    def rtpengine_command(self, control, media=20000):
        return [*RTPENGINE, "--foreground", "--log-stderr", "--config-file=none",
                "--table=-1", "--num-threads=2", "--delete-delay=0",
                "--log-level=5", "--log-level-control=3",  # as in rtpengine.conf
                f"--interface=access/{self.access}",
                f"--interface=core/{self.core_ip}",
                f"--port-min={media}", f"--port-max={media + 400}",
                f"--listen-ng={control}"]

    def start_kamailio(self):
        defines = {"MEDIASEC_SO": MODULE, **self.defines}
        environment = dict(os.environ)
        if os.environ.get("MEDIASEC_ASAN"):
            environment |= {"LD_PRELOAD": sanitizers(),
                            "ASAN_OPTIONS": "detect_leaks=0",
                            "UBSAN_OPTIONS": "print_stacktrace=1"}
        self.kamailio = self._spawn("kamailio", [
            "kamailio", "-DD", "-E", "-f", self.config, "-Y", self.run,
            *self.memory, *self.options,
            *(f"-A{name}={value}" for name, value in defines.items())],
            environment)
        self._until(self.kamailio, lambda: self.rpc("core.uptime", timeout=0.2))

    def stop_rtpengine(self):
        end(self.rtpengine)

    def kill_rtpengine(self):
        """Without a word, as by a crash."""
        self.rtpengine.kill()
        self.rtpengine.wait()
        self.rtpengine = None

    def freeze_rtpengine(self):
        """It still has its socket, but never answers."""
        self.rtpengine.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, self.rtpengine.pid, os.WSTOPPED)

    def thaw_rtpengine(self):
        self.rtpengine.send_signal(signal.SIGCONT)

    def restart(self):
        """Kamailio ends and comes back with nothing it had in memory."""
        fault = end(self.kamailio)
        check.that(not fault, fault)
        self.start_kamailio()

    def change(self, *pairs, **routes):
        """Start from now on with a copy of the sample configuration, in which each
        first text is replaced by the second; request=[pair] does so in
        routes/request.cfg."""
        copy = self.run / "changed"
        shutil.copytree(CONFIG.parent, copy, dirs_exist_ok=True)
        self.config = copy / CONFIG.name
        replace(self.config, pairs)
        for name, others in routes.items():
            replace(copy / "routes" / f"{name}.cfg", others)

    def crash(self):
        """Kamailio is killed where it stands, and comes back."""
        os.killpg(self.kamailio.pid, signal.SIGKILL)
        self.kamailio.wait()
        self.start_kamailio()

    def _spawn(self, name, command, environment=None):
        with open(self.logs / f"{name}.log", "ab") as log:
            return subprocess.Popen(
                [str(part) for part in command], stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, env=environment, cwd=self.run,
                start_new_session=True, preexec_fn=die_with_parent)

    def _until(self, process, ready):
        """Wait until it answers; OSError if it ended."""
        deadline = time.monotonic() + START
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise OSError(f"{process.args[0]} ended with {process.returncode}: "
                              f"{self.last_error(process.args[0])}")
            with contextlib.suppress(OSError):
                if ready() is not None:
                    return
            time.sleep(0.02)
        raise check.Failed(f"{process.args[0]} does not answer")

    def _kill(self):
        """@return what was wrong with the ends of the servers, a text each"""
        if self.rtpengine and self.rtpengine.poll() is None:
            self.thaw_rtpengine()
        return [*filter(None, map(end, (self.kamailio, self.rtpengine, *self.spares)))]

    # ---- the servers' own voices

    def rpc(self, method, *params, timeout=5):
        """A JSON-RPC call; its result."""
        answer = self._ask_rpc(method, params, timeout)
        check.that("result" in answer, f"rpc {method}: {answer.get('error')}")
        return answer["result"]

    def fault(self, method, *params):
        """A JSON-RPC call that has to fail; its code."""
        answer = self._ask_rpc(method, params, 5)
        check.that("error" in answer, f"rpc {method}: {answer.get('result')}")
        return answer["error"]["code"]

    def kamcmd(self, *words):
        """The same over the ctl module, as kamcmd prints it."""
        return subprocess.run(
            ["kamcmd", "-s", f"unix:{self.run}/kamailio_ctl", *map(str, words)],
            check=False, text=True, capture_output=True).stdout

    def _ask_rpc(self, method, params, timeout):
        question = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method,
                               "params": list(params)})
        mine = self.run / f"rpc-{token()}"
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
            channel.bind(str(mine))
            mine.chmod(0o777)
            try:
                channel.settimeout(timeout)
                channel.sendto(question.encode(), str(self.run / "rpc.sock"))
                answer = channel.recv(1 << 20).decode()
            finally:
                mine.unlink()
        with open(self.logs / "rpc.log", "a", encoding="utf-8") as log:
            log.write(f"{question}\n{answer}\n")
        return json.loads(answer)

    def counters(self):
        """The module's counters by name."""
        return {name.rpartition(".")[2]: int(value) for name, value in
                self.rpc("stats.fetch", "mediasec:").items()}

    def shared_memory(self):
        """How much of it Kamailio uses, in bytes."""
        return int(self.rpc("core.shmmem")["real_used"])

    def agreements(self):
        """The agreed bindings that are stored, as AoR, flow and expiry."""
        return [(field[2], field[5], int(field[1]))
                for field in self.records() if field[8] != "0"]

    def records(self):
        """What is stored of each binding: the fields of ms_record.c."""
        if self.defines["STORE"] == "usrloc":
            return self._attributes()
        cells = [cell for slot in self.rpc("htable.dump", "mediasec")
                 for cell in (slot["slot"] if "slot" in slot else slot.values())
                 if isinstance(cell, dict) and cell["name"].startswith("b|")]
        # the others say that their flow has several
        return [cell["value"].split("|") for cell in cells
                if cell["value"].startswith("v1|")]

    def _attributes(self):
        """The records in the database, with the expiry of their contacts."""
        records = []
        for value, expires in self.sql(
                "SELECT avalue, strftime('%s', expires, 'utc') FROM location_attrs"
                " JOIN location USING (ruid) WHERE aname = 'mediasec'"):
            field = value.split("|")
            field[1] = int(expires) + GRACE
            records.append(field)
        return records

    def sql(self, query, *values, base="DB_URL"):
        """Rows of the users' database, or of another one by its define."""
        path = str(self.defines[base]).removeprefix("sqlite://")
        with contextlib.closing(sqlite3.connect(path)) as base:
            with base:
                return base.execute(query, values).fetchall()

    def ng(self, command, timeout=5, **fields):
        """An rtpengine command; its answer."""
        return ng.ask((self.core_ip, self.ports["ng"]), timeout,
                      {"command": command, **fields})

    def sessions(self):
        """The calls rtpengine holds."""
        return self.ng("list", limit="1000").get("calls", [])

    def log(self, name="kamailio"):
        return (self.logs / f"{name}.log").read_text("utf-8", "replace")

    def last_error(self, name):
        return next((line for line in reversed(self.log(name).splitlines())
                     if re.search("ERR|CRIT", line)), "no error in its log")

    def check_logs(self):
        for path in self.logs.glob("*.log"):
            for line in path.read_text("utf-8", "replace").splitlines():
                for word in FORBIDDEN:
                    check.that(not re.search(word, line),
                               f"{path.name} has {word!r}: {line[:200]}")

    # ---- the people around

    def phone(self, user="alice", transport="udp", ip=None, domain=None):
        """A new flow of a subscriber, on the access side."""
        phone = sip.Phone(self.link(transport, ip), user, domain or self.domain,
                          self._wire(f"{user}-{len(self.agents)}"),
                          password=f"{user}-pw")
        self.agents.append(phone)
        return phone

    def link(self, transport="udp", ip=None):
        """A new flow to the access side, from a port that was not used yet."""
        ip = ip or self.phone_ip
        return TRANSPORTS[transport](ip, (
            IPV6 if ":" in ip else self.access,
            self.ports["tls" if transport in ("tls", "wss") else "access"]))

    def core(self):
        """The server behind: next hop of calls, or registrar in edge mode."""
        ip, port = self.core_agent
        core = sip.Agent(Udp(ip, (self.core_ip, self.ports["core"]), port),
                         "core", ip, self._wire("core"))
        self.agents.append(core)
        return core

    def _wire(self, name):
        return open(self.logs / f"{name}.msg", "a", encoding="utf-8")


# ---- processes ---------------------------------------------------------------

def die_with_parent():
    """Runs in the child: PR_SET_PDEATHSIG, so that no server outlives a test."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def end(process):
    """@return what was wrong with its end: nothing, or a text"""
    if process is None:
        return ""
    name = Path(process.args[0]).name
    if process.poll() is None:
        process.terminate()
    deadline = time.monotonic() + STOP
    while time.monotonic() < deadline:
        try:
            process.wait(1)
        except subprocess.TimeoutExpired:
            # a child of Kamailio loses a SIGTERM that comes while it starts
            os.killpg(process.pid, signal.SIGTERM)
            continue
        well = process.returncode in (0, -signal.SIGTERM)
        return "" if well else f"{name} ended with {process.returncode}"
    at = stacks(process.pid)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    # Kamailio waits at its end for locks that a worker had when it was ended, see
    # rtpengine-conf/README.md: its fault, as long as its first process, which calls
    # the ends of modules, is not in ours.
    fault = f"{name} did not end: {at}"
    if at and "/mediasec.so" not in at.splitlines()[0]:
        print(fault)
        return ""
    return fault


def stacks(group):
    """Where the processes of a group are, each on a line from the inside out."""
    lines = []
    for pid in subprocess.run(["pgrep", "-g", str(group)], check=False, text=True,
                              capture_output=True).stdout.split():
        at = subprocess.run(["eu-stack", "-m", "-p", pid], check=False, text=True,
                            capture_output=True)
        lines.append(" < ".join(re.findall(r"^#\d+ +\S+ +(.*)", at.stdout, re.M))
                     or f"process {pid}: {at.stderr.strip()}")
    return "\n".join(lines)


def sanitizers():
    return " ".join(subprocess.run(
        ["gcc", f"-print-file-name=lib{name}.so"], check=True, text=True,
        capture_output=True).stdout.strip() for name in ("asan", "ubsan"))


def replace(path, pairs):
    """Each first text in a file by the second."""
    text = path.read_text("utf-8")
    for old, new in pairs:
        check.that(old in text, f"not in {path.name}: {old}")
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def free(ip):
    """A port of this address that is free on UDP and TCP."""
    for _ in range(50):
        port = random.randint(21000, 31000)
        try:
            for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
                with socket.socket(socket.AF_INET, kind) as probe:
                    probe.bind((ip, port))
            return port
        except OSError:
            continue
    raise OSError(f"no free port on {ip}")
