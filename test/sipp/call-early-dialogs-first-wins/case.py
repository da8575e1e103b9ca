from lib import parties


def run(stack):
    parties.two_early_dialogs(stack, "first")
