import re

from lib import check, stack as servers

DEFINES = servers.LUA
ONLY = servers.CONFIG.parent / "lua" / "native-only.cfg"


def run(stack):
    settings = re.findall(r"#!ifdef (\w+)", ONLY.read_text("utf-8"))
    for name in ("FLOOD_LIMIT", "PASSWORD_LIMIT", "ADDRESSES", "CALL_LIMIT"):
        check.that(name in settings, f"{name} is not among them")
    servers.end(stack.kamailio)
    for name in settings:
        stack.defines[name] = "1"
        try:
            stack.start_kamailio()
        except OSError:
            check.present(stack.log(), f"{name} is not for the routes in Lua")
            (stack.logs / "kamailio.log").write_text("")  # its CRITICAL was wanted
            del stack.defines[name]
            continue
        raise check.Failed(f"Kamailio starts with {name}")
    stack.start_kamailio()
