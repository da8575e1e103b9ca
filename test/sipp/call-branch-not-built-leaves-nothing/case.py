import time

from lib import calls, check, sdp

DEFINES = {"OUTBOUND": "mandatory"}  # so that each offer is kept, for its keys
CALLS = 20
TRANSACTION = 6  # seconds it lives on: wt_timer and what frees it


def used(stack):
    """Shared memory, once all transactions are gone."""
    deadline = time.monotonic() + 20
    while int(stack.rpc("tm.stats")["current"]) > 0:
        check.that(time.monotonic() < deadline, "transactions do not end")
        time.sleep(0.1)
    return int(stack.rpc("stats.fetch", "shmem:used_size")["shmem.used_size"])


def call(core, bob, user):
    """Rejected by the good contact, or by tm if there is none."""
    invite = core.send(core.build("INVITE", f"sip:{user}@example.net",
                                  body=sdp.plain(core.transport.address[0], 50000)))
    if user == "bob":
        bob.reply(bob.request("INVITE"), 486)
    core.acknowledge(invite, core.answer(invite))
    if user == "bob":
        bob.request("ACK")


def run(stack):
    stack.change(register=[("fix_nated_register();", "")])
    stack.restart()
    core, bob = stack.core(), stack.phone("bob")
    for phone in (stack.phone("bob"), stack.phone("carol")):
        check.status(phone.register(
            client=(), tags=(),
            contact="<sip:nobody@127.0.0.1:5999;transport=sctp>"), 200)
    check.status(bob.register(client=(), tags=()), 200)
    for user in ("bob", "carol"):
        call(core, bob, user)
        before = used(stack)
        for _ in range(CALLS):
            call(core, bob, user)
        grown = used(stack) - before
        check.that(grown < CALLS * 50, f"calls to {user}: {grown} bytes stay behind")
        calls.no_sessions(stack)
