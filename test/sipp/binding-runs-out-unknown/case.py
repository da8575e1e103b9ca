from lib import calls, check, parties, sdp

STORES = ({"STORE": "htable"}, {"STORE": "usrloc", "DB_MODE": "1"})


def make_short(stack):
    """Registrations of seconds, and as short a grace."""
    stack.change(('"min_expires", 30', '"min_expires", 1'))
    path = stack.config.parent / "mediasec-params.cfg"
    text, grace = path.read_text("utf-8"), '"binding_grace", %d'
    check.that(grace % 32 in text, "no binding_grace in the sample configuration")
    path.write_text(text.replace(grace % 32, grace % 1), "utf-8")


def passes(alice, core, *rows, **fields):
    calls.hang_up(calls.answered(alice, core, *rows, **fields), alice, core)


def runs_out(stack, alice, core):
    check.status(alice.register(expires=2), 200)
    plain, before = sdp.plain(stack.phone_ip), stack.counters()["unknown"]
    calls.refused(alice, 494, offer=plain)
    parties.waited(lambda: not stack.rpc("mediasec.stats")["bindings"]["agreed"],
                   "it does not run out", 15)
    passes(alice, core, offer=plain)
    check.equal(stack.counters()["unknown"] - before, 1, "counter unknown")
    passes(alice, core, *alice.verify())
    called = parties.invite(stack, parties.Party(stack, core, parties.PLAIN), plain,
                            target="alice")
    check.status(called.final(), 404)


def run(stack):
    make_short(stack)
    core, alice = stack.core(), stack.phone()
    for store in STORES:
        stack.defines |= {"UNKNOWN_BINDING": "plain", **store}
        stack.restart()
        runs_out(stack, alice, core)
        stack.defines["UNKNOWN_BINDING"] = "refuse"
        stack.restart()
        calls.refused(alice, 494, offer=sdp.plain(stack.phone_ip))
        check.status(alice.register(expires=2), 200)
        passes(alice, core, *alice.verify())
