from base64 import b64encode

from lib import calls, check, parties

MIXED = "Content-Type: multipart/mixed;boundary=b"
TYPE = "Content-Type: application/sdp"


def part(row, body, boundary="b"):
    return f"--{boundary}\r\n{row}\r\n\r\n{body}\r\n"


def hidden(one):
    """What is odd -> the rows and the body of a message with this description."""
    good, end = part(TYPE, one), "--b--\r\n"
    encoded = f"{TYPE}\r\nContent-Transfer-Encoding: base64"
    inner = part(TYPE, one, "i") + "--i--\r\n"
    return {
        "a part within a part": (
            [MIXED], part("Content-Type: multipart/alternative;boundary=i", inner) + end),
        "a second part": ([MIXED], good + good + end),
        "a second part, encoded": (
            [MIXED], good + part(encoded, b64encode(one.encode()).decode()) + end),
        "a compact header": ([MIXED], part("c: application/sdp", one) + end),
        "a folded header": ([MIXED], part(TYPE.replace(" ", "\r\n "), one) + end),
        "no end": ([MIXED], good),
        "no boundary": (["Content-Type: multipart/mixed"], good + end),
        "two types": (["Content-Type: text/plain", TYPE], one),
        "another type": (["Content-Type: text/plain"], one),
        "an encrypted body": (["Content-Type: application/pkcs7-mime"], "0"),
    }


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    bob = parties.registered(stack, parties.PLAIN, "bob")
    phone = alice.agent
    for offer in (alice.offer(), bob.offer()):
        for what, (rows, body) in hidden(offer).items():
            call = phone.invite("200", body, *phone.verify(), *rows)
            check.equal(call.final().status, 400, what)
            check.that("INVITE sip:" not in core.agent.wire, f"{what} reaches the core")
    calls.no_keys(core.agent)

    for what, (rows, body) in hidden(alice.offer()).items():
        call = parties.invite(stack, core, core.offer(), target="alice")
        phone.reply(phone.request("INVITE"), 200, *rows, body=body)
        check.equal(call.final().status, 488, f"answer with {what}")
        check.equal(call.reply.body, "", f"body of the 488: {what}")
        phone.request("ACK")
        phone.reply(phone.request("BYE"), 200)
    calls.no_keys(core.agent)

    dialog = parties.connect(stack, alice, core)
    for text, passes in (("m=5 kg, v=0", True), (alice.offer(), False)):
        info = dialog.send(alice, "INFO", "Content-Type: text/plain", body=text)
        got = dialog.arrives(alice, info)
        check.equal(got.body, text if passes else "", "text of an INFO")
        core.agent.reply(got, 200)
        check.status(phone.answer(info), 200)
    calls.no_keys(core.agent)
