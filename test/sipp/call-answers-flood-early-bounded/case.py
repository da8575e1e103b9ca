from lib import audit, calls, check, parties

PASS = 16
FLOOD = 300  # more than rtpengine has ports for
PAD = "a=x:" + "x" * 1200  # an answer as long as others are


class Pending:
    """A call that has no final reply yet; behind the core it is forked."""

    def __init__(self, stack, caller, core):
        self.stack, self.caller, self.core = stack, caller, core
        self.offer = caller.offer()
        self.call = parties.invite(stack, caller, self.offer)
        self.taken = calls.take(caller.agent, core.agent, self.call)

    def early(self, tag, body):
        """A 183; is there a session description in it?"""
        self.core.agent.reply(parties.forked(self.taken, tag), 183, body=body)
        return bool(self.call.progress(183).body)

    def flood(self, *more):
        """Many 183; how many have one. more: m-lines nobody has offered."""
        passed = 0
        for i in range(FLOOD):
            self.core.renew()
            passed += self.early(f"t{i}", self.core.body(self.core.line(PAD), *more))
        return passed

    def answered(self, tag, answer):
        self.core.agent.reply(parties.forked(self.taken, tag), 200, body=answer)
        check.status(self.call.final(), 200)
        self.call.ack()
        self.core.agent.request("ACK")
        dialog = parties.Dialog(self.stack, self.caller, self.core, self.call, self.taken)
        dialog.last = parties.Exchange(self.caller, self.core, self.offer,
                                       self.taken.body, answer, self.call.reply.body)
        dialog.talk()
        bye = self.call.bye()
        self.core.agent.reply(self.core.agent.request("BYE"), 200)
        check.status(self.caller.agent.answer(bye), 200)

    def rejected(self):
        self.core.agent.reply(self.taken, 486)
        self.core.agent.request("ACK")
        check.status(self.call.final(), 486)


def others_are_served(stack, bob, core):
    parties.connect(stack, bob, core).hang_up()


def run(stack):
    core = parties.behind(stack)
    alice = parties.registered(stack, parties.SDES)
    bob = parties.registered(stack, parties.SDES, "bob")

    pending = Pending(stack, alice, core)
    first = core.answer(pending.taken.body)
    check.that(pending.early("first", first), "the first 183 has no body")
    memory = stack.shared_memory()
    check.equal(pending.flood(), PASS - 1, "183 with bodies")
    grown = stack.shared_memory() - memory
    check.that(grown < 128 << 10, f"shared memory has grown by {grown}")
    others_are_served(stack, bob, core)
    pending.answered("first", first)
    [line] = audit.added(stack, 0)
    audit.has(line, reason="answer_limit", of="answer", method="INVITE")

    pending = Pending(stack, alice, core)
    check.equal(pending.flood(core.line()), 0, "183 with bodies")
    others_are_served(stack, bob, core)
    pending.rejected()
    calls.no_sessions(stack)
    check.equal(stack.counters()["refused_answer_limit"], 2, "counter")
