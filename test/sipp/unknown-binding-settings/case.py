from lib import calls, check, sdp


def run(stack):
    core, alice = stack.core(), stack.phone()
    plain = sdp.plain(stack.phone_ip)
    mirror = [f"Security-Verify: {name};mediasec"
              for name in stack.defines["MECHANISMS"].split(",")]

    def passes(*rows, **fields):
        calls.hang_up(calls.answered(alice, core, *rows, **fields), alice, core)

    passes(offer=plain)
    check.equal(stack.counters()["unknown"], 1, "counter")
    passes()
    stack.defines["UNKNOWN_BINDING"] = "secure"
    stack.restart()
    calls.refused(alice, 488, offer=plain)
    passes()
    for settings in ({"UNKNOWN_BINDING": "refuse"}, {"POLICY": "required"}):
        stack.defines |= settings
        stack.restart()
        calls.refused(alice, 494, offer=plain)
        calls.refused(alice, 494)
        calls.refused(alice, 488, *mirror, offer=plain)
        passes(*mirror)
    calls.no_keys(core)
