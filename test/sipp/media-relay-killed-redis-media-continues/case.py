import socket

from lib import calls, parties
from lib.shipped import Shipped
from lib.stack import free


def answers(place):
    """Does Redis take commands?"""
    with socket.create_connection(place, 5) as redis:
        redis.sendall(b"PING\r\n")
        return redis.recv(16).startswith(b"+PONG")


class SERVERS(Shipped):
    def start_rtpengine(self):
        if not self.rtpengine_options:
            place = self.core_ip, free(self.core_ip)
            redis = self._spawn("redis", ["redis-server", "--bind", place[0],
                                          "--port", place[1], "--save", ""])
            self.spares.append(redis)
            self._until(redis, lambda: answers(place) or None)
            self.rtpengine_options = [
                f"--redis={place[0]}:{place[1]}/1", "--redis-expires=600",
                "--redis-cmd-timeout=2000"]
        super().start_rtpengine()


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    dialog.talk(packets=20)
    stack.kill_rtpengine()
    stack.start_rtpengine()
    dialog.talk(packets=20)
    for by in (alice, core):
        by.renew()
        dialog.reoffer(by)
        dialog.talk(packets=20)
    dialog.hang_up()
    calls.no_sessions(stack)
