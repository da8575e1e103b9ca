from lib import calls, check


def run(stack):
    core, alice, bob = stack.core(), calls.agreed(stack), stack.phone("bob")
    check.status(bob.register(client=(), tags=()), 200)
    for method, target, at in (("SUBSCRIBE", "alice", core), ("PUBLISH", "alice", core),
                               ("SUBSCRIBE", "bob", bob)):
        request = alice.build(method, f"sip:{target}@{stack.domain}",
                              "Event: message-summary", *alice.verify())
        sent = alice.send(alice.authorize(request, alice.ask(request)))
        at.reply(at.request(method), 489)
        check.status(alice.answer(sent), 489)
