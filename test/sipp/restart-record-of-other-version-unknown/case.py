from lib import versions

DEFINES = {"STORE": "usrloc"}


def run(stack):
    def rewrite():
        stack.sql("UPDATE location_attrs SET avalue = 'v2' || substr(avalue, 3)")
        stack.crash()

    versions.unknown_until_registered(stack, rewrite)
