from lib import elsewhere


def run(stack):
    elsewhere.reset(stack, "tls")
