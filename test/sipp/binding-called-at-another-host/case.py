from lib import check, elsewhere


def run(stack):
    elsewhere.as_it_stands(stack)
    core, alice, bob = stack.core(), stack.phone(), stack.phone("bob")
    net = stack.phone_ip.rpartition(".")[0]
    ear = stack.phone(ip=f"{net}.11")
    contact = f"<{ear.contact}>"
    check.status(alice.register(contact=contact), 200)
    check.status(bob.register(contact=contact, client=(), tags=()), 200)
    check.equal(elsewhere.offered(stack, core, "alice", ear), ["RTP/SAVP"], "alice")
    check.equal(elsewhere.offered(stack, core, "bob", ear), ["RTP/AVP"], "bob")
