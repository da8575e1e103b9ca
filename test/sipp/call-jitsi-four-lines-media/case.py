import re

from lib import calls, check, parties, sdp
from lib.stack import ROOT

OFFER = ROOT / "test" / "vectors" / "sdp" / "jitsi-four-lines.sdp"


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    text = OFFER.read_text("utf-8").replace("127.0.0.1", alice.ip)
    text = re.sub(r"\r?\n", "\r\n", text).replace(" 9\r\n", " 0\r\n")
    text = text.replace("a=rtpmap:9 G722/8000", "a=rtpmap:0 PCMU/8000")
    dialog = parties.connect(stack, alice, core, offer=text)
    lines = sdp.read(dialog.call.reply.body)
    check.equal([line.proto for line in lines],
                [line.proto for line in sdp.read(text)], "profiles of the answer")
    check.equal([bool(line.port) for line in lines], [False, True, False, False],
                "lines that live")
    check.equal([len(line.cryptos) for line in lines], [0, 1, 0, 0], "keys")
    calls.no_keys(core.agent)
    dialog.talk()
    dialog.hang_up()
