"""Records of calls, as the sample configuration writes them (ACCOUNTING)."""

import re

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
        f"SELECT duration, {', '.join(FIELDS)} FROM acc_cdrs ORDER BY id",
        base="ACCOUNTING_DB" if "ACCOUNTING_DB" in stack.defines else "DB_URL")]


def lines(stack):
    """The same from the log, without the duration."""
    found = []
    for line in re.findall(r"<script>: cdr (start=.*)", stack.log()):
        start, end, ident, *rest = (field.split("=", 1) for field in line.split(" "))
        check.equal([start[0], end[0], ident[0]], ["start", "end", "ci"], "fields")
        check.that(float(start[1]) <= float(end[1]), f"ends before its start: {line}")
        found.append({"callid": ident[1], **dict(rest)})
    return found


def last(stack, number):
    """Wait until there are so many records, and no more, in both places: the last."""
    row = check.gathered(lambda: rows(stack), number, "rows")[-1]
    line = check.gathered(lambda: lines(stack), number, "lines")[-1]
    check.equal(line, {name: row[name] for name in FIELDS}, "line")
    return row


def is_of(row, call_id, code, caller, callee, reason=""):
    """Whose record it is, and what it says of both legs."""
    wanted = [call_id, str(code), reason, *caller, *callee]
    check.equal([row["callid"], row["code"], row["reason"],
                 *(row[name] for name in FIELDS[5:])], wanted, f"of {row}")
