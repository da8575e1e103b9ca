from lib import parties


def run(stack):
    stack.change()
    (stack.config.parent / "secrets.cfg").write_text(f"#!define SECRET {'s' * 32}\n")
    stack.restart()
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core)
    stack.restart()
    dialog.reoffer(alice)
    dialog.talk()
    dialog.hang_up()
