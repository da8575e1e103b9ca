from lib import calls, check, sdp

PARTS = ("--b\r\nContent-Type: application/sdp\r\n\r\n{}"
         "\r\n--b\r\nContent-Type: text/plain\r\n\r\nneighbour\r\n--b--\r\n")


def run(stack):
    core, alice = stack.core(), calls.agreed(stack)
    talk = calls.answered(
        alice, core, *alice.verify(), "Content-Type: multipart/mixed;boundary=b",
        offer=PARTS.format(sdp.secure(stack.phone_ip)))
    check.present(talk.invite.body, "m=audio \\d+ RTP/AVP", "neighbour", "--b--")
    calls.no_keys(core)
