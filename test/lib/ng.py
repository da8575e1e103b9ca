"""rtpengine's control protocol: bencoded dictionaries over UDP."""

import socket

from .message import token


def ask(address, timeout, command):
    """@return the answer to a command"""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as channel:
        channel.settimeout(timeout)
        channel.connect(address)  # RTP of others may come to this port
        channel.send(token().encode() + b" " + bencode(command))
        answer = channel.recv(1 << 20)
    return bdecode(answer.partition(b" ")[2])[0]


def bencode(value):
    if isinstance(value, dict):
        return b"d%se" % b"".join(bencode(key) + bencode(value[key])
                                  for key in sorted(value))
    if isinstance(value, list):
        return b"l%se" % b"".join(map(bencode, value))
    if isinstance(value, int):
        return b"i%de" % value
    data = value.encode()
    return b"%d:%s" % (len(data), data)


def bdecode(data):
    """@return the first value of the data, and what follows it."""
    kind = data[:1]
    if kind == b"i":
        number, _, rest = data[1:].partition(b"e")
        return int(number), rest
    if kind in b"ld":
        items, rest = [], data[1:]
        while rest[:1] != b"e":
            item, rest = bdecode(rest)
            items.append(item)
        if kind == b"d":
            items = dict(zip(items[::2], items[1::2]))
        return items, rest[1:]
    size, _, rest = data.partition(b":")
    return rest[:int(size)].decode("utf-8", "replace"), rest[int(size):]
