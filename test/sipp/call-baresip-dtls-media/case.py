from lib import baresip


def run(stack):
    baresip.calls_core(stack, "dtls_srtp")
