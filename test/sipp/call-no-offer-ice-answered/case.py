from lib import check, parties

ICE = ("a=ice-ufrag:abcd", "a=ice-pwd:abcdefghijklmnopqrstuvwx",
       "a=candidate:1 1 UDP 2130706431 {ip} {port} typ host")


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.ACTIVE)
    rows = [row.format(ip=alice.ip, port=alice.port) for row in ICE]
    call = parties.invite(stack, core, None, target="alice")
    taken = alice.agent.request("INVITE")
    alice.agent.reply(taken, 200, body=alice.offer(
        *rows, "a=3ge2ae:requested", setup="actpass"))
    check.status(call.final(), 200)
    check.absent(call.reply.body, "candidate", "ice-", "3ge2ae", alice.ip)
    call.ack(body=core.answer(call.reply.body))
    answer = alice.agent.request("ACK").body
    check.present(answer, "^a=ice-ufrag:", "^a=ice-pwd:", "^a=3ge2ae:applied",
                  f"^a=candidate:.* {stack.access} ")
    check.absent(answer, core.ip, stack.core_ip)
    parties.Dialog(stack, core, alice, call, taken).hang_up()
