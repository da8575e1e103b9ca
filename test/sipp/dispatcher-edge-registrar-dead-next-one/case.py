from lib import check, cores, parties, registrar

SERVERS = cores.Cores
DEFINES = {"REGISTRAR": "sip:registrars.invalid", "CORE_TIMEOUT": "500",
           "CORE_PROBES_LOST": "99"}


def run(stack):
    both = stack.cores()
    users = {True: [], False: []}
    for user in ("alice", "bob", "carol"):
        for dead, living in (both, both[::-1]):
            phone = stack.phone(user)
            with registrar.serving(living.agent):
                check.status(phone.register(), 200)
            asked = [one for one in dead.agent.seen() if one.method == "REGISTER"]
            users[bool(asked)].append((phone, living, living.agent.taken[-1]))
            dead.agent.inbox.clear()
    check.equal({len(users[True]), len(users[False])}, {3}, "who was asked first")
    check.equal(len(stack.agreements()), 6, "agreements")

    for phone, core, known in (users[True][0], users[False][0]):
        phone.seen()
        dialog = parties.called(stack, core, parties.Party(stack, phone, parties.SDES),
                                known)
        dialog.talk(packets=20)
        dialog.hang_up()
