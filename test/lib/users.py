"""The database of the sample configuration, and users as set-user makes them."""

import contextlib
import hashlib
import sqlite3
import subprocess
from pathlib import Path

CREATE = Path(__file__).resolve().parents[2] / "kamailio-cfg" / "create-db"


def create(database, domain, users, password="{}-pw"):
    """Each user with this password, {} being the name."""
    subprocess.run([CREATE, database], check=True)
    rows = [(user, domain, _md5(f"{user}:{domain}:{password.format(user)}"),
             _md5(f"{user}@{domain}:{domain}:{password.format(user)}"))
            for user in users]
    with contextlib.closing(sqlite3.connect(database)) as base, base:
        base.executemany("INSERT OR REPLACE INTO subscriber "
                         "(username, domain, ha1, ha1b) VALUES (?, ?, ?, ?)", rows)


def _md5(text):
    return hashlib.md5(text.encode()).hexdigest()
