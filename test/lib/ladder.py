"""What passed on the wire, read by tshark from a capture, as a ladder: as text,
and as a picture (SVG). Nothing in it changes from run to run: no address, no
Call-ID, no key."""

import itertools
import re
import subprocess
import textwrap
from xml.sax.saxutils import escape

from . import check

# what is read of each packet; several values of one are separated by MANY
FIELDS = ("ip.src", "udp.srcport", "ip.dst", "udp.dstport", "sip.Request-Line",
          "sip.Status-Line", "sip.CSeq", "sip.Call-ID", "sip.Security-Client",
          "sip.Security-Server", "sip.Security-Verify", "sdp.media.proto",
          "sdp.crypto.crypto_suite", "sip.sec_mechanism", "sip.sec_mechanism.malformed",
          "udp.payload")
MANY = "\x1f"
COMMAND = re.compile(rb"7:command\d+:(offer|answer|delete)")  # of the ng protocol
MECHANISMS = ("Security-Client", "Security-Server", "Security-Verify")


class Packet:
    """One packet, by the names of FIELDS."""

    def __init__(self, values):
        self.field = dict(zip(FIELDS, values))
        self.source = (self.field["ip.src"], int(self.field["udp.srcport"]))
        self.target = (self.field["ip.dst"], int(self.field["udp.dstport"]))

    def __getitem__(self, name):
        return self.field[name]

    def each(self, name):
        return [one for one in self.field[name].split(MANY) if one]

    @property
    def status(self):
        return int((self["sip.Status-Line"] or "SIP/2.0 0").split()[1])

    @property
    def method(self):
        return (self["sip.CSeq"] or " ").split()[-1]


def read(path, *sip_ports):
    """The packets of a capture; SIP is spoken on these ports."""
    command = ["tshark", "-n", "-r", str(path), "-T", "fields", "-E", "separator=/t",
               "-E", f"aggregator={MANY}"]
    for port in sip_ports:
        command += ["-d", f"udp.port=={port},sip"]
    for name in FIELDS:
        command += ["-e", name]
    done = subprocess.run(command, check=False, text=True, capture_output=True)
    check.that(done.returncode == 0, f"tshark: {done.stderr}")
    return [Packet(line.split("\t")) for line in done.stdout.splitlines()]


def malformed(packets):
    """The Security-* headers that tshark complains about."""
    return [f"{name}: {one[f'sip.{name}']}" for one in packets
            if one["sip.sec_mechanism.malformed"] for name in MECHANISMS
            if one[f"sip.{name}"]]


# ---- steps -------------------------------------------------------------------

class Step:
    """An arrow, or a decision: a note at one of the parties."""

    def __init__(self, kind, source, target, lines):
        self.kind, self.source, self.target = kind, source, target
        self.lines = list(lines)


def steps(packets, lanes, parties, decided):
    """lanes: the names that are drawn, from left to right. parties: (address, port
    or None) -> name. decided(packet, who): what a party has decided before it sent
    this message, as lines."""
    seen, found, media, begin = set(), [], set(), None
    for packet in packets:
        source, target = (parties.get(one, parties.get((one[0], None)))
                          for one in (packet.source, packet.target))
        words = _words(packet)
        if words is None or source not in lanes or target not in lanes:
            continue
        if not words:  # media: many packets, one arrow
            begin = len(found) if begin is None else begin
            media.add((source, target))
            continue
        if packet["sip.Call-ID"]:
            key = packet["udp.payload"]
            if key in seen or packet.status == 100:  # again, or only a hop
                continue
            seen.add(key)
            found += [Step("decision", source, source, [line])
                      for line in decided(packet, source)]
        found.append(Step("sip" if packet["sip.Call-ID"] else "order", source, target,
                          words))
    found[begin or 0:begin or 0] = [
        Step("media", left, right, [])
        for left, right in itertools.combinations(lanes, 2)
        if {(left, right), (right, left)} <= media]
    return found


def _words(packet):
    """What an arrow says; empty for media, None for what is not drawn."""
    if packet["sip.Request-Line"]:
        return [packet["sip.Request-Line"].split()[0], *_security(packet)]
    if packet["sip.Status-Line"]:
        return [packet["sip.Status-Line"].partition(" ")[2], *_security(packet)]
    payload = bytes.fromhex(packet["udp.payload"].replace(":", ""))
    order = COMMAND.search(payload)
    if order:
        return [order.group(1).decode()]
    return [] if payload[:1] and 128 <= payload[0] < 192 else None


def _security(packet):
    lines = []
    for name in MECHANISMS:
        rows = [one.strip() for one in packet.each(f"sip.{name}")]
        if rows:
            lines.append(f"{name}: {', '.join(rows)}")
    for proto in packet.each("sdp.media.proto"):
        suites = packet.each("sdp.crypto.crypto_suite")
        lines.append(proto + (f", key for {' '.join(suites)}" if suites else ""))
    return lines


def name_media(found, secured):
    """The arrows of media say what they are; secured: the parties with SRTP."""
    for one in found:
        if one.kind == "media":
            one.lines = ["SRTP" if {one.source, one.target} & secured else "RTP"]


def wrap(line, width):
    return textwrap.wrap(line, width, break_on_hyphens=False)


# ---- text --------------------------------------------------------------------

WIDTH = 34  # of a lane, in characters


def text(lanes, found):
    at = {name: WIDTH * number + 8 for number, name in enumerate(lanes)}
    size = max(at.values()) + 9

    def row(*put):
        line = [" "] * size
        for place in at.values():
            line[place] = "|"
        for place, what in put:
            line[place:place + len(what)] = what
        return "".join(line).rstrip()

    head = [" "] * size
    for name, place in at.items():
        head[place - len(name) // 2:place - len(name) // 2 + len(name)] = name
    out = ["".join(head).rstrip(), row()]
    for one in found:
        if one.kind == "decision":
            out += [row((at[one.source] - 3, f"[{line}]")) for line in one.lines]
            continue
        left, right = sorted((at[one.source], at[one.target]))
        for line in one.lines:
            out += [row((left + 2, part))
                    for part in wrap(line, right - left - 3)]
        shaft = ("=" if one.kind == "media" else "-") * (right - left - 3)
        arrow = f"<{shaft}>" if one.kind == "media" else \
            f"{shaft}->" if at[one.source] == left else f"<-{shaft}"
        out.append(row((left + 1, arrow)))
    return "\n".join(out)


# ---- picture -----------------------------------------------------------------

LANE, LINE, MARGIN, NOTE = 250, 15, 70, 250  # pixels
STYLE = """
  text { font: 12px sans-serif; fill: #222 }
  .lane { font-weight: bold; text-anchor: middle; font-size: 14px }
  .first { font-weight: bold }
  .note { fill: #7a3b00 }
  line, path { stroke: #555; fill: none }
  .life { stroke: #bbb; stroke-dasharray: 3 3 }
  .media { stroke: #2a7a3a; stroke-width: 3 }
  .order { stroke: #888; stroke-dasharray: 5 3 }
  rect { fill: #fff3df; stroke: #d9a55a }
"""


def svg(title, lanes, found):
    """A picture without anything from elsewhere."""
    at = {name: MARGIN + LANE * number for number, name in enumerate(lanes)}
    body, y = [], 50
    for one in found:
        if one.kind == "decision":
            y = _note(body, at[one.source], y, one.lines)
        else:
            y = _arrow(body, at[one.source], at[one.target], y, one)
    width = max(at[one.source] + NOTE if one.kind == "decision" else 0 for one in found)
    width, height = max(width, max(at.values()) + MARGIN), y + 20
    lives = [f'<line class="life" x1="{x}" y1="40" x2="{x}" y2="{y + 10}"/>'
             f'<text class="lane" x="{x}" y="28">{escape(name)}</text>'
             for name, x in at.items()]
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}">',
        f"<title>{escape(title)}</title><style>{STYLE}</style>",
        f'<path fill="#fff" style="fill:#fff;stroke:none" d="M0 0h{width}v{height}H0z"/>',
        *lives, *body, "</svg>", ""])


def _note(body, x, y, lines):
    parts = [part for line in lines for part in wrap(line, 44)]
    height = LINE * len(parts) + 8
    body.append(f'<rect x="{x - 60}" y="{y}" width="{NOTE + 50}" height="{height}" rx="3"/>')
    body += [f'<text class="note" x="{x - 54}" y="{y + LINE * number}">{escape(part)}</text>'
             for number, part in enumerate(parts, 1)]
    return y + height + 8


def _arrow(body, start, stop, y, one):
    left, number = min(start, stop) + 10, 0
    for line in one.lines:
        for part in wrap(line, (abs(stop - start) - 10) // 6):
            kind = ' class="first"' if number == 0 else ""
            number += 1
            body.append(f'<text{kind} x="{left}" y="{y + LINE * number}">'
                        f"{escape(part)}</text>")
    y += LINE * number + 7
    kind = {"media": "media", "order": "order"}.get(one.kind, "sip")
    tip = -8 if stop > start else 8
    tips = [(stop, tip)] + ([(start, -tip)] if kind == "media" else [])
    body.append(f'<line class="{kind}" x1="{start}" y1="{y}" x2="{stop}" y2="{y}"/>')
    body += [f'<path d="M{x + dx} {y - 4}L{x} {y}L{x + dx} {y + 4}"/>' for x, dx in tips]
    return y + 8
