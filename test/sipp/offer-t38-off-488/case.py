from lib import calls, check, parties, sdp

DEFINES = {"T38": "0"}


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    fax = alice.body(sdp.mline(alice.port, "a=T38FaxVersion:0", proto="udptl",
                               media="image", formats="t38"))
    calls.refused(alice.agent, 488, *alice.agent.verify(), offer=fax)
    dialog = parties.connect(stack, alice, core)
    sent = dialog.send(alice, "INVITE", body=fax)
    reply = alice.agent.answer(sent)
    check.status(reply, 488)
    alice.agent.acknowledge(sent, reply)
    dialog.talk()
    dialog.hang_up()
