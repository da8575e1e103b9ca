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
                           "--timeout-ms", "3000"],
                          stdout=subprocess.DEVNULL) as early:
        try:
            alice.agent.reply(taken, 180)
            call.progress(180)
            parties.waited(lambda: parties.have_keys(stack) or early.poll() is not None,
                           "the stranger neither gets keys nor gives up")
            # rtpengine 12.5 does not finish such a handshake, and begins no other
            reason = "dtls_mismatch" if parties.have_keys(stack) else "dtls_silent"
            alice.agent.reply(taken, 200, body=answer)
            check.status(call.final(), 200)
            call.ack()
            alice.agent.request("ACK")
            parties.counted(stack, before, reason)
            event = events.next_ones(stack, 3)[2]
        finally:
            early.terminate()
    events.has(event, event="certificate", reason=reason, leg="callee",
               mode="enforced", aor="alice@example.net",
               callid=taken.value("Call-ID"))
    dialog = parties.Dialog(stack, core, alice, call, taken)
    dialog.hang_up()
