from lib import calls, check, parties, sdp, sip
from lib.stack import NATIVE

DEFINES = NATIVE


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    phone, server = alice.agent, core.agent
    dialog = parties.connect(stack, alice, core)

    stack.rpc("cfg.set_now_int", "node", "drain", 1)
    refused(phone.ask(phone.build("OPTIONS", f"sip:{stack.domain}", *phone.verify())))
    refused(server.ask(server.build("OPTIONS", f"sip:{stack.domain}")))
    check.status(phone.register(), 503)
    refused(phone.last)
    refused(stack.phone("bob").register(client=(), tags=()))
    call = phone.invite("200", sdp.secure(stack.phone_ip), *phone.verify())
    refused(call.reply)
    call = sip.Call(server, server.build("INVITE", f"sip:alice@{stack.domain}",
                                         body=core.offer()))
    refused(call.final())
    for method in ("SUBSCRIBE", "MESSAGE"):
        refused(phone.ask(phone.build(method, f"sip:200@{stack.domain}")))
    check.equal([one.start for one in phone.seen() + server.seen() if not one.status],
                [], "what came through")

    dialog.talk(packets=20)
    dialog.reoffer(core)
    dialog.reoffer(alice)
    dialog.talk(packets=20)
    dialog.hang_up()
    talk = calls.answered(phone, server, target=f"sip:112@{stack.domain}")
    check.equal(sdp.read(talk.answer.body)[0].proto, "RTP/SAVP", "emergency call")
    calls.hang_up(talk, phone, server)
    refused(phone.ask(phone.build("REGISTER", f"sip:112@{stack.domain}")))
    calls.no_sessions(stack)

    stack.rpc("cfg.set_now_int", "node", "drain", 0)
    parties.connect(stack, alice, core).hang_up()
    check.status(phone.register(), 200)
    calls.no_keys(server)


def refused(reply):
    check.status(reply, 503)
    check.equal(reply.value("Retry-After"), "30", "Retry-After")
