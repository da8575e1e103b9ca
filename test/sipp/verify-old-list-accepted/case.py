from lib import check

OLD, NEW = "msrp-tls,sdes-srtp,dtls-srtp", "sdes-srtp,dtls-srtp"


def run(stack):
    def rows(text):
        return [f"{name};mediasec" for name in text.split(",")]

    stack.defines["MECHANISMS"] = NEW
    stack.restart()
    check.status(stack.phone().register(verify=rows(OLD) + rows(NEW)), 494)
    stack.defines["PREVIOUS_LISTS"] = OLD
    stack.restart()
    for mirror in (OLD, NEW, f"{OLD},{NEW}", f"{OLD},{NEW},{NEW}"):
        check.status(stack.phone().register(verify=rows(mirror)), 200)
    check.status(stack.phone().register(verify=rows(OLD)[:2]), 494)
