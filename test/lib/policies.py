"""Rules for domains and groups, in the tables of the stack's database."""

import sqlite3

from . import check


def write(stack, *rules, members=(), version=1):
    """These rows and no others. rules: (domain, group, settings), with the
    interface as a fourth; members: (AoR, group)."""
    with sqlite3.connect(stack.run / "users.sqlite") as db:
        for table in ("mediasec_policy", "mediasec_group"):
            db.execute(f"DELETE FROM {table}")
            db.execute("UPDATE version SET table_version = ? WHERE table_name = ?",
                       (version, table))
        for domain, group, settings, *interface in rules:
            db.execute("INSERT INTO mediasec_policy (domain, grp, settings, interface)"
                       " VALUES (?, ?, ?, ?)",
                       (domain, group, settings, *(interface or [""])))
        db.executemany("INSERT INTO mediasec_group (aor, grp) VALUES (?, ?)", members)
    db.close()


def use(stack, *rules, **others):
    """Start anew with the rules of the database."""
    write(stack, *rules, **others)
    stack.defines["POLICY_DB_URL"] = stack.defines["DB_URL"]
    stack.restart()


def change(stack, *rules, **others):
    """The rules of the database are these from now on."""
    write(stack, *rules, **others)
    return stack.rpc("mediasec.reload")


def refused(stack, *needles):
    """A reload that fails, and says why."""
    try:
        stack.rpc("mediasec.reload")
    except check.Failed as reason:
        check.present(reason, *needles)
        check.present(stack.log(), *(f"no reload.*{one}" for one in needles))
        return
    raise check.Failed("the reload was not refused")


def no_start(stack, *needles, **defines):
    """Kamailio does not start with these defines, and its log says why."""
    kept, seen = dict(stack.defines), len(stack.log())
    stack.defines |= defines
    try:
        stack.restart()
    except OSError:
        check.present(stack.log()[seen:], *(f"ERROR.*{one}" for one in needles))
        stack.defines, stack.kamailio = kept, None
        return
    raise check.Failed(f"Kamailio starts with {defines}")
