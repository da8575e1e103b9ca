from lib import calls, check, parties

DEFINES = {"POLICY": "required", "RULE": "group=legacy;policy=optional",
           "GROUP": "legacy=bob@example.net, Carol@Example.net"}
PLAIN = {"client": (), "tags": ()}


def run(stack):
    core, alice = parties.behind(stack), stack.phone()
    check.status(alice.register(**PLAIN), 421)
    legacy = [parties.registered(stack, parties.PLAIN, user)
              for user in ("bob", "carol")]

    def talks(caller, callee):
        dialog = parties.connect(stack, caller, callee)
        check.absent(dialog.invite.body + dialog.call.reply.body, "crypto", "SAVP")
        dialog.talk(packets=20)
        dialog.hang_up()

    for phone in legacy:
        talks(phone, core)
        talks(core, phone)
    talks(*legacy)
    stack.restart()
    bob, _ = legacy
    talks(bob, core)
    check.status(bob.agent.register(**PLAIN), 200)
    talks(core, bob)
    check.status(alice.register(**PLAIN), 421)
    secured = parties.registered(stack, parties.SDES)
    calls.refused(secured.agent, 488, *secured.rows(), offer=bob.offer())
    calls.no_sessions(stack)
