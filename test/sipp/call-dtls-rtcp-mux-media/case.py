from lib import check, parties


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.ACTIVE)
    for attributes in (["a=rtcp-mux"], []):
        alice.renew()
        dialog = parties.connect(stack, alice, core, offer=alice.offer(*attributes))
        answer = dialog.call.reply.body
        if attributes:
            check.present(answer, "^a=rtcp-mux\r$")
        else:
            check.absent(answer, "rtcp-mux")
        check.absent(dialog.invite.body, "rtcp-mux")
        dialog.talk()
        dialog.hang_up()
