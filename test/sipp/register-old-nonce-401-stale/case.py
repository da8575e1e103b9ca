from lib import check, parties


def run(stack):
    stack.change(('"nonce_expire", 300', '"nonce_expire", 2'))
    stack.restart()
    alice = stack.phone()
    first = alice.build("REGISTER", f"sip:{stack.domain}", to=f"<{alice.aor}>")
    challenge = alice.ask(first)
    check.absent(challenge.value("WWW-Authenticate"), "stale")
    parties.waited(lambda: alice.ask(alice.authorize(first, challenge)).status == 401,
                   "the nonce is good for ever")
    again = alice.ask(alice.authorize(first, challenge))
    check.present(again.value("WWW-Authenticate"), "stale=true")
    check.status(alice.ask(alice.authorize(first, again)), 200)
    check.status(alice.register(password="wrong"), 401)
    check.absent(alice.last.value("WWW-Authenticate"), "stale")
