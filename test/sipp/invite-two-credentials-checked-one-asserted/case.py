from lib import calls, check, sdp

OTHER = ('Proxy-Authorization: Digest username="bob", realm="elsewhere", nonce="x", '
         'uri="sip:x", response="0123456789abcdef0123456789abcdef"')


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    call = alice.invite("200", sdp.secure(stack.phone_ip, calls.PHONE_PORT),
                        *alice.verify(), OTHER)
    check.rows(calls.take(alice, core, call), "P-Asserted-Identity",
               [f"<sip:alice@{stack.domain}>"])
