from lib import check, events, media, parties


def run(stack):
    core = parties.behind(stack)
    alice = parties.registered(stack, parties.ACTIVE)
    carol = parties.registered(stack, parties.PASSIVE, "carol")
    stranger = media.Certificate(stack, "stranger")
    events.next_ones(stack, 2)

    dialog = parties.connect(stack, alice, core)
    dialog.silent(certificate=stranger)
    event = events.next_ones(stack, 4, seconds=8)[3]
    events.has(event, event="certificate", reason="dtls_refused", leg="caller",
               mechanism="dtls-srtp", mode="enforced", aor="alice@example.net",
               callid=dialog.invite.value("Call-ID"), flow=None, state=None)
    check.equal(stack.counters()["dtls_refused"], 1, "counter")
    dialog.hang_up()

    core.renew()
    before = stack.counters()
    dialog = parties.connect(stack, core, carol)
    dialog.talk(packets=100)
    parties.counted(stack, before, "dtls_verified")
    dialog.hang_up()
    events.next_ones(stack, 5)
