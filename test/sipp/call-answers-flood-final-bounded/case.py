from lib import calls, check, parties

MAX, FLOOD = 16, 100
PAD = "a=x:" + "x" * 1200  # an answer as long as others are
DEFINES = {"CHILDREN": "1"}  # in their order


def tags(who, number):
    return [f"{who}{i}" for i in range(number)]


def answers(party, taken, names):
    for name in names:
        party.renew()
        party.agent.reply(parties.forked(taken, name), 200,
                          body=party.answer(taken.body, PAD))


def ended(party, names):
    """These of its dialogs get BYE."""
    left = list(names)
    while left:
        bye = party.agent.request("BYE")
        party.agent.reply(bye, 200)
        check.that(bye.tag("To") in left, f"BYE to {bye.tag('To')}")
        left.remove(bye.tag("To"))


def answered(party, names):
    """The caller has 2xx of these, and nothing else."""
    def got():
        return [(one.status, one.tag("To")) for one in party.agent.seen()
                if one.status != 100]

    parties.waited(lambda: len(got()) >= len(names), "200 are missing")
    check.equal(got(), [(200, name) for name in names], "replies")
    party.agent.inbox.clear()


def refused(stack, before):
    return stack.counters()["refused_answer_limit"] - before["refused_answer_limit"]


def one_branch(stack, caller, core):
    """100 answer behind the core."""
    dialog = parties.connect(stack, caller, core)
    before, memory = stack.counters(), stack.shared_memory()
    names = tags("t", FLOOD)
    answers(core, dialog.invite, names)
    ended(core, names[MAX - 1:2 * MAX - 1])
    answered(caller, names[:MAX - 1])
    check.equal(refused(stack, before), MAX, "counter")
    grown = stack.shared_memory() - memory
    check.that(grown < 384 << 10, f"shared memory has grown by {grown}")
    return dialog


def two_branches(stack, bob, phones):
    """Ten answer at each of two phones."""
    offer = bob.offer()
    call = parties.invite(stack, bob, offer, target="alice")
    taken = [one.agent.request("INVITE") for one in phones]
    before = stack.counters()
    for one, got, who in zip(phones, taken, "ab"):
        answers(one, got, tags(who, 10))
    ended(phones[1], tags("b", 10)[MAX - 10:])
    answered(bob, tags("a", 10) + tags("b", MAX - 10))
    check.equal(refused(stack, before), 20 - MAX, "counter")


def run(stack):
    core, caller = parties.behind(stack), parties.registered(stack, parties.SDES, "carol")
    dialog = one_branch(stack, caller, core)
    bob = parties.registered(stack, parties.PLAIN, "bob")
    two_branches(stack, bob, [parties.registered(stack, parties.SDES) for _ in range(2)])
    dialog.outlives_rejection(stack, caller)
