from lib import calls, check, parties, sdp


def refresh(dialog, by):
    """The offer and the answer have what was said before, under its version."""
    before, other = got(dialog), dialog.other(by)
    by.version -= 1
    other.version -= 1
    dialog.reoffer(by)
    for party, line in got(dialog).items():
        check.equal((line.port, line.proto), (before[party].port, before[party].proto),
                    "the stream that was offered or answered")
        check.equal(line.cryptos[:1] and line.cryptos[0][2],
                    before[party].cryptos[:1] and before[party].cryptos[0][2], "key")


def got(dialog):
    """The m-line that each party was given last."""
    last = dialog.last
    return {last.answerer: sdp.read(last.bodies[1])[0],
            last.offerer: sdp.read(last.bodies[3])[0]}


def run(stack):
    core = parties.behind(stack)
    for user, kind in (("alice", parties.SDES), ("carol", parties.ACTIVE)):
        phone = parties.registered(stack, kind, user)
        for caller, callee in ((phone, core), (core, phone)):
            phone.renew()
            dialog = parties.connect(stack, caller, callee)
            for by in (caller, callee, caller):
                refresh(dialog, by)
            dialog.talk(packets=20)
            dialog.hang_up()
            calls.no_sessions(stack)
    check.absent(core.agent.wire, "crypto", "inline", "fingerprint", "SAVP")
