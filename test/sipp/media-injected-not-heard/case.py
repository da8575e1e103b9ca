import subprocess

from lib import check, media, parties, sdp
from lib.shipped import Shipped as SERVERS


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    into_phone_leg(dialog)  # before the right one has sent anything
    dialog.talk(packets=700)  # 3.5 s: rtpengine learns addresses for three
    into_core_leg(dialog)
    dialog.talk(packets=20)
    dialog.hang_up()


def into_phone_leg(dialog):
    [port] = sdp.read(dialog.last.bodies[3])
    for ip in (dialog.caller.ip, dialog.stack.phone_ip):
        injected(dialog, dialog.callee, sdp.plain(ip, 45000),
                 sdp.plain(port.address, port.port))
    injected(dialog, dialog.callee, sdp.secure(dialog.stack.phone_ip, 45000),
             sdp.secure(port.address, port.port))  # with another key


def into_core_leg(dialog):
    for ip in (dialog.callee.ip, dialog.stack.phone_ip):
        injected(dialog, dialog.caller, sdp.plain(ip, 45000), dialog.last.bodies[1])


def injected(dialog, victim, own, others):
    """Both send, neither hears the other. What rtpengine 12.5 sends to a stranger
    while it learns the phone's address is nothing that he can read."""
    tone = media.UP if victim is dialog.caller else media.DOWN
    stranger = media.End(sdp.read(own)[0], sdp.read(others)[0], 1500, tone)
    said = []
    for end, more in ((dialog.last.end(victim, tone, 1500), ["--expect-silence"]),
                      (stranger, [])):
        said.append(subprocess.Popen(
            [media.PEER, "talk", *end.arguments, *end.keys, *more, "--timeout-ms",
             "1000"], text=True, stdout=subprocess.PIPE))
    heard, overheard = (one.communicate()[0] for one in said)
    check.present(heard, "verdict=ok")
    check.present(overheard, "clear=0 .*tone=0 ")
