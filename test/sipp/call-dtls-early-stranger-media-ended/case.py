from lib import calls, parties


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.ACTIVE)
    with parties.early_stranger(stack, core, alice) as (dialog, _, before, reason):
        parties.counted(stack, before, reason)
        if reason == "dtls_mismatch":
            calls.no_sessions(stack)
    dialog.hang_up()
