import subprocess

from lib import calls, check, media, parties, sdp


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
            got_in = parties.have_keys(stack)
            alice.agent.reply(taken, 200, body=answer)
            check.status(call.final(), 200)
            call.ack()
            alice.agent.request("ACK")
            if got_in:
                parties.counted(stack, before, "dtls_mismatch")
                calls.no_sessions(stack)
            else:
                parties.counted(stack, before, "dtls_silent")
        finally:
            early.terminate()
    dialog = parties.Dialog(stack, core, alice, call, taken)
    dialog.hang_up()
