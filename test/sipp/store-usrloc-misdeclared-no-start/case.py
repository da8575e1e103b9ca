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
    stack.change(('modparam("usrloc", "xavp_contact", "ulattrs")', ""))
    refused(stack, "xavp_contact")
    stack.change((USRLOC, ""), (MEDIASEC, MEDIASEC + USRLOC))
    refused(stack, "needs the usrloc module, loaded before")
    stack.config = servers.CONFIG
    stack.sql("ALTER TABLE location_attrs RENAME TO gone")
    refused(stack, "cannot read table location_attrs")
    stack.sql("ALTER TABLE gone RENAME TO location_attrs")
    check.absent(stack.log(), "wait_worker1_mode")
    stack.change(("wait_worker1_mode=1", ""))
    stack.start_kamailio()
    check.present(stack.log(), "WARN.*wait_worker1_mode")


def refused(stack, reason):
    try:
        stack.start_kamailio()
    except OSError:
        check.present(stack.log(), reason)
        return
    raise check.Failed(f"Kamailio starts: {reason}")
