from lib import check, parties

ICE = ("a=ice-ufrag:abcd", "a=ice-pwd:abcdefghijklmnopqrstuvwx",
       "a=candidate:1 1 UDP 2130706431 {ip} {port} typ host")


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.ACTIVE)
    rows = [row.format(ip=alice.ip, port=alice.port) for row in ICE]
    dialog = parties.connect(stack, alice, core,
                             offer=alice.offer(*rows, setup="actpass"))
    check.absent(core.agent.wire, "candidate", "ice-", alice.ip)
    check.present(dialog.call.reply.body, "^a=ice-ufrag:", "^a=ice-pwd:",
                  f"^a=candidate:.* {stack.access} ")
    check.absent(dialog.call.reply.body, core.ip, stack.core_ip)
    dialog.hang_up()
