from lib import calls, check, parties, sdp
from lib.message import Message


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    second = parties.Party(stack, core.agent, parties.PLAIN)
    offer = alice.offer()
    call = parties.invite(stack, alice, offer)
    taken = calls.take(alice.agent, core.agent, call)
    keys, bodies = [], []
    for party, code, tag in ((core, 183, "first"), (second, 183, "second"),
                             (second, 200, "second")):
        fork = Message(taken.start, [
            (name, f"{value};tag={tag}" if name == "To" else value)
            for name, value in taken.headers], source=taken.source)
        answer = party.answer(taken.body)
        core.agent.reply(fork, code, body=answer)
        reply = call.progress(183) if code == 183 else call.final()
        check.equal((reply.status, reply.tag("To")), (code, tag), "reply")
        [line] = sdp.read(reply.body)
        keys.append(line.cryptos)
        bodies.append((answer, reply.body))
    check.that(keys[0] == keys[1] == keys[2], "the key of the phone's leg changed")
    call.ack()
    core.agent.request("ACK")
    dialog = parties.Dialog(stack, alice, second, call, taken)
    dialog.last = parties.Exchange(alice, second, offer, taken.body, *bodies[2])
    dialog.talk()
    bye = call.bye()
    core.agent.reply(core.agent.request("BYE"), 200)
    check.status(alice.agent.answer(bye), 200)
    calls.no_sessions(stack)
