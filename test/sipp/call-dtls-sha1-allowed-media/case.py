from lib import calls, check, media, parties, policies


def weak(stack, user):
    """A phone whose fingerprint was made with SHA-1."""
    return parties.registered(stack, parties.ACTIVE, user,
                              media.Certificate(stack, user, digest="sha-1"))


def run(stack):
    policies.use(stack, ("", "old", "sha1_fingerprints=1"),
                 members=(("alice@example.net", "old"),))
    core, alice, bob = parties.behind(stack), weak(stack, "alice"), weak(stack, "bob")
    check.present(alice.offer(), "^a=fingerprint:sha-1 ")
    dialog = parties.connect(stack, alice, core)
    dialog.talk()
    dialog.hang_up()
    dialog = parties.connect(stack, alice, core)
    dialog.silent(certificate=media.Certificate(stack, "stranger"))
    dialog.hang_up()
    calls.refused(bob.agent, 488, *bob.rows(), offer=bob.offer())
    check.equal(stack.counters()["refused_offer_key"], 1, "counter offer_key")
