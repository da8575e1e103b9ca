from lib import check, events, parties


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.ACTIVE)
    dialog = parties.connect(stack, core, alice)
    event = events.next_ones(stack, 3, seconds=25)[2]
    events.has(event, event="certificate", reason="dtls_silent", leg="callee",
               aor="alice@example.net", callid=dialog.invite.value("Call-ID"))
    check.equal(stack.counters()["dtls_refused"], 0, "counter")
    dialog.hang_up()
