from lib import check, parties

VERIFY, MODULE = "if(!mediasec_verify()) exit;", 'loadmodule "textops.so"\n'


def run(stack):
    stack.change((MODULE, f'{MODULE}tcp_clone_rcvbuf=yes\n'))
    routes = stack.config.parent / "routes" / "call.cfg"
    text = routes.read_text("utf-8")
    check.that(VERIFY in text, "the sample has no mediasec_verify()")
    routes.write_text(text.replace(VERIFY, f"{VERIFY} msg_apply_changes();"), "utf-8")
    stack.restart()

    core = parties.behind(stack)
    alice = parties.registered(stack, parties.SDES)
    for caller, callee in ((alice, core), (core, alice)):
        dialog = parties.connect(stack, caller, callee)
        dialog.talk(packets=20)
        dialog.reoffer(caller)
        dialog.reoffer(callee)
        dialog.hang_up(alice)
        core.renew()
        alice.renew()
    check.absent(core.agent.wire, "mediasec", "crypto", "SAVP")
