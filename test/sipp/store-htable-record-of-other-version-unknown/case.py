from lib import versions

DEFINES = {"STORE": "htable"}


def run(stack):
    def rewrite():
        for slot in stack.rpc("htable.dump", "mediasec"):
            for cell in slot["slot"]:
                stack.rpc("htable.sets", "mediasec", cell["name"],
                          cell["value"].replace("v1|", "v2|"))

    versions.unknown_until_registered(stack, rewrite)
