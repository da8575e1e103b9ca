"""The core as a proxy: it sends a call on to another number and leaves Call-ID,
tags and CSeq as they are, as an S-CSCF does."""

import threading

from .message import Message, uri_of


class Proxy:
    """Works in a thread of its own as long as the context lasts. numbers: the
    user part of a request URI, and what it becomes. registered: users by REGISTERs
    of theirs, who are called at their Contact along their Path."""

    def __init__(self, agent, numbers, registered=None):
        self.agent, self.numbers = agent, numbers
        self.registered = registered or {}
        self.route = "<sip:%s:%d;lr>" % agent.transport.address
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        self.thread.join()

    def _run(self):
        while not self.stop.is_set():
            self.agent.receive(0.05)
            while self.agent.inbox:
                message = self.agent.inbox.pop(0)
                if message.status != 100:
                    self.agent.send(self._reply(message) if message.status
                                    else self._request(message))

    @staticmethod
    def _reply(message):
        """Back by the next Via."""
        headers, own = [], True
        for name, value in message.headers:
            if name == "Via" and own:
                own = False
                continue
            headers.append((name, value))
        return Message(message.start, headers, message.body)

    def _request(self, message):
        method, uri, version = message.start.split()
        headers = [("Via", self.agent.via())]
        if not message.tag("To"):
            user = uri.partition(":")[2].partition("@")[0]
            uri = uri.replace(user, self.numbers.get(user, user), 1)
            headers.append(("Record-Route", self.route))
            if user in self.registered:
                uri = uri_of(self.registered[user].value("Contact"))
                headers += [("Route", path)
                            for path in self.registered[user].values("Path")]
        headers += [(name, value) for name, value in message.headers
                    if name != "Route" or self.agent.address not in value]
        return Message(f"{method} {uri} {version}", headers, message.body)
