import shutil

from lib import check, stack as servers

DEFINES = {"STORE": "usrloc"}
MEDIASEC = 'loadmodule "%MEDIASEC_SO%"\n'
USRLOC = "".join(f'loadmodule "{name}.so"\n'
                 for name in ("usrloc", "registrar", "nathelper"))


def run(stack):
    servers.end(stack.kamailio)
    for mode in "0", "2", "4":
        stack.defines["DB_MODE"] = mode
        refused(stack, f"db_mode.*not {mode}")
    stack.defines["DB_MODE"] = "1"
    change(stack, ('modparam("usrloc", "xavp_contact", "ulattrs")', ""))
    refused(stack, "xavp_contact")
    change(stack, (USRLOC, ""), (MEDIASEC, MEDIASEC + USRLOC))
    refused(stack, "needs the usrloc module, loaded before")
    stack.config = servers.CONFIG
    stack.sql("ALTER TABLE location_attrs RENAME TO gone")
    refused(stack, "cannot read table location_attrs")
    stack.sql("ALTER TABLE gone RENAME TO location_attrs")
    stack.start_kamailio()


def change(stack, *pairs):
    """A copy of the sample configuration with other text in it."""
    folder = stack.run / "changed"
    shutil.copytree(servers.CONFIG.parent, folder, dirs_exist_ok=True)
    stack.config = folder / servers.CONFIG.name
    text = servers.CONFIG.read_text("utf-8")
    for old, new in pairs:
        check.that(old in text, f"not in the sample configuration: {old}")
        text = text.replace(old, new)
    stack.config.write_text(text, "utf-8")


def refused(stack, reason):
    try:
        stack.start_kamailio()
    except OSError:
        check.present(stack.log(), f"store usrloc.*{reason}")
        return
    raise check.Failed(f"Kamailio starts: {reason}")
