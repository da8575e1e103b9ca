"""SIPp scenarios made of shared fragments.

    <!--#include register.xml VERIFY="Security-Verify: sdes-srtp;mediasec"-->

puts a fragment of test/sipp/lib here, with @VERIFY@ replaced. A fragment says
what its variables are otherwise:

    <!--#default VERIFY=""-->

A row that is nothing but a variable vanishes when the variable is empty."""

import configparser
import re
import socket
import subprocess
import time

from . import check
from .stack import ROOT, free

FRAGMENTS = ROOT / "test" / "sipp" / "lib"
DIRECTIVE = re.compile(r'[ \t]*<!--#(include|default)\s+(?:([\w-]+\.xml)\s*)?(.*?)-->\n?',
                       re.S)
SETTING = re.compile(r'(\w+)="(.*?)"', re.S)
TIME = 20  # seconds for a whole scenario


# ---- text --------------------------------------------------------------------

def expand(text, values):
    """A scenario with its fragments and variables put in."""
    defaults = {}

    def put(found):
        kind, name, rest = found.groups()
        given = {key: fill(value, values) for key, value in SETTING.findall(rest)}
        if kind == "default":
            defaults.update(given)
            return ""
        return expand((FRAGMENTS / name).read_text("utf-8"), {**values, **given})

    text = DIRECTIVE.sub(put, text)
    return fill(text, {**defaults, **values})


def fill(text, values):
    def value(found):
        check.that(found.group(1) in values, f"no value for {found.group(0)}")
        return values[found.group(1)]

    text = re.sub(r"^[ \t]*@([A-Z_]+)@[ \t]*\n", lambda found: value(found).strip()
                  and value(found).strip() + "\n", text, flags=re.M)
    return re.sub(r"@([A-Z_]+)@", value, text)


def read_conf(path):
    """case.conf: sections of data, each value a list of lines or one word."""
    conf = configparser.ConfigParser(interpolation=None, delimiters="=",
                                     comment_prefixes="#")
    conf.optionxform = str
    if path.exists():
        conf.read(path, "utf-8")
    return {name: dict(conf[name]) for name in conf.sections()}


# ---- running -----------------------------------------------------------------

def run(stack, folder, conf):
    """Play uac.xml, and core.xml if there is one, then compare with [expect]s."""
    before = stack.counters()
    has_core = (folder / "core.xml").exists()
    core = _start_core(stack, folder) if has_core else stack.core()
    _play(stack, folder)
    if has_core:
        check.that(_finish(core, 5) == 0, f"core.xml failed: {_errors(stack, 'core')}")
        got = received((stack.logs / "core.msg").read_text("utf-8", "replace"))
    else:
        core.seen()
        got = core.wire
        check.equal(got, "", "what reached the core")
    phone = received((stack.logs / "uac.msg").read_text("utf-8", "replace"))
    _compare(conf.get("core", {}), got)
    _compare(conf.get("phone", {}), phone)
    _compare(conf.get("log", {}), stack.log())
    if "agreements" in conf:
        check.equal(len(stack.agreements()), int(conf["agreements"]["number"]),
                    "number of agreements")
    after = stack.counters()
    for name, wanted in conf.get("counters", {}).items():
        check.that(name in after, f"no counter {name}")
        check.equal(after[name] - before.get(name, 0), int(wanted), f"counter {name}")


def received(text):
    """Only what arrived, out of a SIPp message file."""
    parts = re.split(r"^-{20,}.*\n", text, flags=re.M)
    return "\n".join(part.partition("\n\n")[2] for part in parts
                     if "message received" in part[:80])


def _lines(text):
    return [line.strip() for line in (text or "").split("\n") if line.strip()]


def _compare(wanted, text):
    check.present(text, *_lines(wanted.get("sees")))
    check.absent(text, *_lines(wanted.get("not")))


def _start_core(stack, folder):
    ip, port = stack.core_agent
    core = _sipp(stack, folder, "core", ip, port)
    deadline = time.monotonic() + 5
    while _is_free(ip, port):
        check.that(time.monotonic() < deadline and core.poll() is None,
                   f"core.xml does not start: {_errors(stack, 'core')}")
        time.sleep(0.01)
    return core


def _is_free(ip, port):
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind((ip, port))
        return True
    except OSError:
        return False


def _play(stack, folder):
    uac = _sipp(stack, folder, "uac", stack.phone_ip, free(stack.phone_ip),
                f"{stack.access}:{stack.ports['access']}")
    check.that(_finish(uac, TIME + 5) == 0, f"uac.xml failed: {_errors(stack, 'uac')}")


def _sipp(stack, folder, name, ip, port, *remote):
    scenario = stack.logs / f"{name}.xml"
    scenario.write_text(expand((folder / f"{name}.xml").read_text("utf-8"), {}),
                        "utf-8")
    return subprocess.Popen(
        ["sipp", *remote, "-sf", str(scenario), "-i", ip, "-p", str(port),
         "-m", "1", "-nostdin", "-default_behaviors", "abortunexp",
         "-timeout", f"{TIME}s", "-timeout_error",
         "-key", "domain", stack.domain, "-key", "user", "alice",
         "-trace_msg", "-message_file", str(stack.logs / f"{name}.msg"),
         "-trace_err", "-error_file", str(stack.logs / f"{name}.err")],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, cwd=stack.logs)


def _finish(process, timeout):
    try:
        return process.wait(timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def _errors(stack, name):
    path = stack.logs / f"{name}.err"
    lines = path.read_text("utf-8", "replace").split("\n") if path.exists() else []
    return " ".join(line.strip() for line in lines if line.strip())[:600]
