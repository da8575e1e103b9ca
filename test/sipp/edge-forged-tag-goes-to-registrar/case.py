from lib import calls, sdp

DEFINES = {"REGISTRAR": "sip:{core}"}


def run(stack):
    core, stray, victim = stack.core(), stack.phone("mallory"), stack.phone("bob")
    ip, port = victim.transport.address
    target = f"sip:premium@{ip}:{port}"
    stray.invite(target, sdp.plain(stack.phone_ip),
                 f"Route: <sip:{stack.access}:{stack.ports['access']};lr>",
                 auth=False, to=f"<{target}>;tag=forged")
    calls.first_of(
        {"core": lambda: any(one.method == "INVITE" for one in core.seen()),
         "refused": lambda: any(one.status >= 300 for one in stray.seen())},
        {"the target": victim.seen}, "the forged INVITE")
