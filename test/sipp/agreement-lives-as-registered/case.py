import time

from lib import check


def run(stack):
    for asked, granted in ((5, 30), (100, 100), (90000, 3600)):  # registrar's limits
        phone = stack.phone()
        check.status(phone.register(expires=asked), 200)
        check.present(phone.last.value("Contact"), f"expires={granted}")
        left = max(expires for _, _, expires in stack.agreements()) - time.time()
        check.that(granted - 2 <= left <= granted + 64,
                   f"{asked} s asked, {granted} s granted, {left:.0f} s kept")
