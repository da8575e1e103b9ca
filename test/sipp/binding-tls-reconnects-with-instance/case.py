from lib import reconnect


def run(stack):
    reconnect.play(stack, "tls")
