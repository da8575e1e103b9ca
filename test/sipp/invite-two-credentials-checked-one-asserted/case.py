from lib import calls, check, sdp, sip


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    call = alice.invite("200", sdp.secure(stack.phone_ip, calls.PHONE_PORT),
                        *alice.verify(),
                        f"Proxy-Authorization: {sip.ELSEWHERE}")
    check.rows(calls.take(alice, core, call), "P-Asserted-Identity",
               [f"<sip:alice@{stack.domain}>"])
