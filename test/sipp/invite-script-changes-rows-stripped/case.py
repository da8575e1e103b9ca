from lib import calls, check, sip, stack as servers

CHECK = "\troute(CHECK);\n"
CHANGE = ('\tremove_hf("Require");\n'
          '\tif(is_present_hf("Proxy-Require"))\n'
          '\t\tappend_hf("X-Script: stays\\r\\n", "Proxy-Require");\n')


def run(stack):
    servers.end(stack.kamailio)
    stack.change()
    route = stack.config.parent / "routes" / "request.cfg"
    text = route.read_text("utf-8")
    check.that(CHECK in text, "the sample configuration has changed")
    route.write_text(text.replace(CHECK, CHECK + CHANGE), "utf-8")
    stack.defines.pop("LUA", None)  # this script is not in Lua
    stack.start_kamailio()
    core, alice = stack.core(), calls.agreed(stack)
    calls.hang_up(calls.answered(alice, core, *sip.TAGS, *alice.verify()),
                  alice, core)
    check.absent(core.wire, "mediasec")
    check.equal(core.wire.count("X-Script: stays\r\n"), 1, "text of the script")
