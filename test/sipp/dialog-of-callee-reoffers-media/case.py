from lib import check, parties, sdp


def run(stack):
    core = parties.behind(stack)
    for user, kind in (("alice", parties.SDES), ("carol", parties.ACTIVE)):
        phone = parties.registered(stack, kind, user)
        dialog = parties.connect(stack, core, phone)
        for by in (phone, core, phone):
            for direction in ("sendonly", "sendrecv"):
                dialog.reoffer(by, offer=by.offer(f"a={direction}"))
                bodies = dialog.last.bodies
                at_phone = bodies[3] if by is phone else bodies[1]
                check.equal(sdp.read(at_phone)[0].proto, kind.proto, "at the phone")
            if kind.suite:
                dialog.talk(packets=20)
        if kind.setup:
            dialog.talk()
        dialog.hang_up(phone)
    check.absent(core.agent.wire, "crypto", "inline", "fingerprint", "SAVP")
