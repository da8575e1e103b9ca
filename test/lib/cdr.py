"""Records of calls, as the sample configuration writes them (ACCOUNTING)."""

import re
import time

from . import check

FIELDS = ["callid", "caller", "callee", "code", "reason", "caller_mode",
          "caller_mechanism", "caller_suite", "callee_mode", "callee_mechanism",
          "callee_suite"]
SDES = ["enforced", "sdes-srtp", "AES_CM_128_HMAC_SHA1_80"]
DTLS = ["enforced", "dtls-srtp", ""]
PLAIN = ["plain", "", ""]
NONE = ["", "", ""]


def rows(stack):
    """The rows in their order: field -> value, and the duration."""
    return [dict(zip(["duration", *FIELDS], row, strict=True)) for row in stack.sql(
        f"SELECT duration, {', '.join(FIELDS)} FROM acc_cdrs ORDER BY id")]


def lines(stack):
    """The same from the log, without the duration."""
    found = []
    for line in re.findall(r"<script>: cdr (start=.*)", stack.log()):
        start, end, ident, *rest = (field.split("=", 1) for field in line.split(" "))
        check.equal([start[0], end[0], ident[0]], ["start", "end", "ci"], "fields")
        check.that(float(start[1]) <= float(end[1]), f"ends before its start: {line}")
        found.append({"callid": ident[1], **dict(rest)})
    return found


def last(stack, number, seconds=5):
    """Wait until there are so many records, and no more, in both places: the last."""
    deadline = time.monotonic() + seconds
    while len(rows(stack)) < number:
        check.that(time.monotonic() < deadline,
                   f"{len(rows(stack))} rows, {len(lines(stack))} lines")
        time.sleep(0.02)
    row = rows(stack)[-1]
    check.equal((len(rows(stack)), len(lines(stack))), (number, number), "records")
    check.equal(lines(stack)[-1], {name: row[name] for name in FIELDS}, "line")
    return row


def is_of(row, call_id, code, caller, callee, reason=""):
    """Whose record it is, and what it says of both legs."""
    wanted = [call_id, str(code), reason, *caller, *callee]
    check.equal([row["callid"], row["code"], row["reason"],
                 *(row[name] for name in FIELDS[5:])], wanted, f"of {row}")
