from lib import calls, check, idle, registrar

DEFINES = {"REGISTRAR": "sip:{core}"}


def run(stack):
    idle.shorten(stack)
    core = stack.core()
    with registrar.serving(core):
        phones = [calls.agreed(stack, transport=name) for name in ("tcp", "tls")]
        stranger = stack.phone("bob", "tls")
        check.status(stranger.register(password="wrong"), 401)
    idle.check_ended(stack, phones)
    port = stranger.transport.address[1]
    check.that(all(int(one["src_port"]) != port or int(one["lifetime"]) < 30
                   for one in stack.rpc("core.tcp_list")), "the stranger's stays")
