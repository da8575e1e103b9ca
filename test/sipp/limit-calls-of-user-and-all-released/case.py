from lib import calls, cdr, check, parties, sdp, sip
from lib.stack import NATIVE

DEFINES = {**NATIVE, "CALL_LIMIT_USER": "2", "CALL_LIMIT": "3", "ACCOUNTING": "1"}


def run(stack):
    core = parties.behind(stack)
    alice = parties.registered(stack, parties.SDES)
    bob = parties.registered(stack, parties.PLAIN, "bob")
    phone, server = alice.agent, core.agent

    def count(user):
        return stack.rpc("dlg.profile_get_size", "user", f"{user}@{stack.domain}")

    def room(**users):
        for user, number in users.items():
            parties.waited(lambda u=user, n=number: count(u) == n,
                           f"{user} has {count(user)} calls, not {number}", 5)

    def busy(party, code, target="200"):
        call = party.agent.invite(target, party.offer(), *party.rows())
        check.status(call.reply or call.final(), code)
        check.equal(call.reply.value("Retry-After"), "10" if code == 503 else "",
                    "Retry-After")

    first = parties.connect(stack, alice, core,
                            f"Proxy-Authorization: {sip.ELSEWHERE}")
    second = parties.connect(stack, core, alice)
    room(alice=2, bob=0)
    busy(alice, 486)
    busy(bob, 486, "alice")
    check.equal([one.start for one in phone.seen() if not one.status], [], "at alice")
    first.talk(packets=20)
    first.hang_up(core)
    check.equal(cdr.last(stack, 3)["caller"], f"alice@{stack.domain}", "caller")
    room(alice=1)
    third = parties.connect(stack, bob, alice)
    room(alice=2, bob=1)
    fourth = parties.connect(stack, bob, core)
    busy(bob, 503)
    busy(alice, 503)
    emergency = calls.answered(phone, server, target=f"sip:112@{stack.domain}")
    calls.hang_up(emergency, phone, server)
    for dialog in (second, third, fourth):
        dialog.hang_up()
    room(alice=0, bob=0)

    for _ in range(3):
        calls.refused(phone, 488, *phone.verify(), offer=sdp.plain(stack.phone_ip))
        parties.rejected(stack, alice, core)
        parties.given_up(stack, alice, core)
    room(alice=0, bob=0)
    check.equal(stack.rpc("dlg.profile_get_size", "all"), 0, "all")
    calls.no_sessions(stack)
