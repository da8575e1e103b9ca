from lib import baresip

DEFINES = {"REQUIRE_SECURE_TRANSPORT": "1"}


def run(stack):
    baresip.calls_core(stack, "srtp-mand", transport="tls")
