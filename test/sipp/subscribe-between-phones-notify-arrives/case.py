from lib import check, parties


def run(stack):
    alice, bob = stack.phone("alice"), stack.phone("bob")
    for one in (alice, bob):
        one._contact = "sip:{}-0x55d0@{}:{}".format(one.user, *one.transport.address)
        check.status(one.register(contact=f"<{one._contact}>"), 200)
    sent = alice.build("SUBSCRIBE", f"sip:bob@{stack.domain}", "Event: dialog",
                       f"Contact: <{alice._contact}>", contact=False)
    sent = alice.send(alice.authorize(sent, alice.ask(sent)))
    got = parties.arrives(alice, bob, sent)
    bob.reply(got, 200, "Expires: 60")
    check.status(alice.answer(sent), 200)
    sent = bob.inside(got, "NOTIFY", "Event: dialog", "Subscription-State: active")
    reply = bob.ask(sent)
    check.status(reply, 407)
    sent = bob.send(bob.authorize(sent, reply))
    alice.reply(parties.arrives(bob, alice, sent), 200)
    check.status(bob.answer(sent), 200)
