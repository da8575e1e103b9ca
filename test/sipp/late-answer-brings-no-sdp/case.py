import re
import time

from lib import calls, check, sdp
from lib.stack import NATIVE

DEFINES = NATIVE


DROPS = ('if(!t_check_trans() && !(isflagset(FROM_CORE) '
         '&& is_in_subnet("$si", "%CORE_PEERS%"))) drop;')


def forward_late_answers(stack):
    """As a script does that is not the sample's."""
    stack.change()
    replies = stack.config.parent / "routes" / "reply.cfg"
    text = replies.read_text("utf-8")
    check.present(text, re.escape(DROPS))
    replies.write_text(text.replace(DROPS, ""), "utf-8")
    stack.restart()


def run(stack):
    forward_late_answers(stack)
    core, alice, bob = stack.core(), calls.agreed(stack), stack.phone("bob")
    check.status(bob.register(client=(), tags=()), 200)
    talk = calls.answered(alice, core, *alice.verify())
    call = bob.invite("alice", sdp.plain(stack.phone_ip, 40100))
    invite = alice.request("INVITE")
    tag, suite, _ = sdp.read(invite.body)[0].cryptos[0]
    answer = sdp.secure(stack.phone_ip, 40000, sdp.crypto(tag, suite))
    alice.reply(invite, 200, body=answer)
    check.status(call.final(), 200)
    call.ack()

    deadline = time.monotonic() + 20
    while stack.rpc("tm.stats")["current"] > 0:
        check.that(time.monotonic() < deadline, "transactions do not end")
        time.sleep(0.2)
    core.reply(talk.invite, 200, body=sdp.plain("127.0.0.1"))
    alice.reply(invite, 200, body=answer)
    for agent, sent in ((alice, talk.call.invite), (bob, call.invite)):
        check.equal(agent.answer(sent).body, "", f"late 200 to {agent.user}")
