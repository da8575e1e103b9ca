import json
import socket
import struct
import time

from lib import check, parties
from lib.cluster import Cluster as SERVERS, ip
from lib.message import Message, token


def run(cluster):
    a, b = cluster.a, cluster.b
    inside, peer = (a.defines["CLUSTER_IP"], 5090), (b.defines["CLUSTER_IP"], 5090)
    alice, core = parties.registered(cluster, parties.SDES).agent, cluster.core()
    cells = cluster.same()
    [key] = (key for key in cells if key.startswith("b|"))

    for agent in (alice, core):  # the sockets of the service know no KDMQ
        check.status(agent.ask(agent.build("KDMQ", "sip:htable@example.net", body=drop(
            key), contact=False)), 405)
    ip("route", "add", "10.9.3.0/24", "via", a.own_ip)
    outside = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    outside.bind(("", 5090))
    neighbour = b.socket(peer[0])  # in the right place, not the right port
    for number, one in enumerate((outside, neighbour), 1):
        one.sendto(kdmq(key), inside)
        refused(a, number)
    spoof(kdmq(key), peer, inside)  # never gets in: see Node.connect()
    outside.sendto(kdmq(key), inside)
    refused(a, 3)
    check.equal(cluster.same(), cells, "the table after forged messages")

    b.die()  # the same message in the other node's name is believed, a table is not
    with b.socket(*peer) as other:
        other.settimeout(5)
        for message in (kdmq(key, table("forged")), kdmq(key)):
            other.sendto(message, inside)
            call_id = Message.parse(message).value("Call-ID")
            while True:  # it also asks whether the other node is there
                answer = Message.parse(other.recv(65535))
                if answer.status and answer.value("Call-ID") == call_id:
                    check.status(answer, 200)
                    break
    check.that(key not in a.cells(), "the message was not well-formed")
    check.that("forged" not in a.cells(), "a node that serves has taken a table")


def drop(key):
    return json.dumps({"action": 4, "htname": "mediasec", "cname": key, "mode": 0})


def table(key):
    return json.dumps({"cells": [{
        "htname": "mediasec", "cname": key, "type": 2, "strval": "1",
        "expire": int(time.time()) + 600}]}, separators=(",", ":"))


def kdmq(key, body=None):
    body = body or drop(key)
    return (f"KDMQ sip:htable@10.9.3.1:5090 SIP/2.0\r\n"
            f"Via: SIP/2.0/UDP 10.9.3.2:5090;branch=z9hG4bK{token()}\r\n"
            f"From: <sip:htable@10.9.3.2:5090>;tag={token()}\r\n"
            f"To: <sip:htable@10.9.3.1:5090>\r\nCall-ID: {token()}\r\n"
            f"CSeq: 10 KDMQ\r\nMax-Forwards: 1\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}").encode()


def refused(node, number):
    """Wait until so many were refused."""
    parties.waited(lambda: node.log().count("is not of the other node") >= number,
                   f"message {number} is not refused")
    check.equal(node.log().count("is not of the other node"), number, "refused")


def spoof(data, source, target):
    """A datagram with somebody else's address and port."""
    udp = struct.pack("!HHHH", source[1], target[1], 8 + len(data), 0) + data
    head = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0,
                       socket.inet_aton(source[0]), socket.inet_aton(target[0]))
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW) as raw:
        raw.sendto(head + udp, target)
