from lib import calls, check, registrar, sdp

DEFINES = {"REGISTRAR": "sip:{core}"}


def run(stack):
    core, alice, stray = stack.core(), stack.phone(), stack.phone("mallory")
    with registrar.serving(core):
        check.status(alice.register(), 200)
    before = len(core.wire)
    plain = sdp.plain(stack.phone_ip)
    calls.refused(stray, 494, offer=plain, auth=False, sender=f"<{alice.aor}>;tag=x")
    calls.refused(stray, 494, f"P-Preferred-Identity: <{alice.aor}>", offer=plain,
                  auth=False)
    core.seen()
    check.equal(core.wire[before:], "", "what reached the core")
