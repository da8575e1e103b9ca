import time

from lib import check, events, parties


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.ACTIVE)
    dialog = parties.connect(stack, core, alice)
    dialog.reoffer(core)  # it is watched anew, and no second time
    event = events.next_ones(stack, 3, seconds=25)[2]
    events.has(event, event="certificate", reason="dtls_silent", leg="callee",
               aor="alice@example.net", callid=dialog.invite.value("Call-ID"))
    time.sleep(3)
    for name, number in ("dtls_refused", 0), ("dtls_silent", 1):
        check.equal(stack.counters()[name], number, f"counter {name}")
    dialog.hang_up()
