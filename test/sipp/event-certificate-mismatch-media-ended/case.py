import subprocess

from lib import calls, check, events, media, parties, sdp


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.ACTIVE)
    stranger = media.Certificate(stack, "stranger")
    offer = core.offer()
    call = parties.invite(stack, core, offer, target="alice")
    taken = calls.take(core.agent, alice.agent, call)
    answer = alice.answer(taken.body)
    intruder = media.End(sdp.read(answer)[0], sdp.read(taken.body)[0], media.UP,
                         media.DOWN, stranger)
    before = stack.counters()
    with subprocess.Popen([media.PEER, "talk", *intruder.arguments, *intruder.keys,
                           "--timeout-ms", "6000"],
                          stdout=subprocess.DEVNULL) as early:
        try:
            alice.agent.reply(taken, 180)
            call.progress(180)
            parties.waited(lambda: any(
                stream.get("crypto suite") for one in stack.sessions()
                for tag in stack.ng("query", **{"call-id": one})["tags"].values()
                for part in tag["medias"] for stream in part["streams"]),
                "no handshake")
            alice.agent.reply(taken, 200, body=answer)
            check.status(call.final(), 200)
            call.ack()
            alice.agent.request("ACK")
            parties.counted(stack, before, "dtls_mismatch")
            event = events.next_ones(stack, 3)[2]
        finally:
            early.terminate()
    events.has(event, event="certificate", reason="dtls_mismatch", leg="callee",
               mode="enforced", aor="alice@example.net",
               callid=taken.value("Call-ID"))
    dialog = parties.Dialog(stack, core, alice, call, taken)
    dialog.hang_up()
