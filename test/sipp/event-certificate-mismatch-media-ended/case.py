from lib import events, parties


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.ACTIVE)
    with parties.early_stranger(stack, core, alice) as (dialog, taken, before, reason):
        parties.counted(stack, before, reason)
        event = events.next_ones(stack, 3)[2]
    events.has(event, event="certificate", reason=reason, leg="callee",
               mode="enforced", aor="alice@example.net",
               callid=taken.value("Call-ID"))
    dialog.hang_up()
