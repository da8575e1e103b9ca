import threading
import time

from lib import check, policies

RULES = (("example.net", "", "policy=required"),), (("example.net", "", "policy=off"),
                                                    ("", "many", "policy=required"))
MEMBERS = [(f"user{number}@example.net", "many") for number in range(500)]


def run(stack):
    policies.use(stack, *RULES[0])
    phone = stack.phone()
    done, answers = threading.Event(), []

    def reload():
        while not done.is_set():
            try:
                answers.append(stack.rpc("mediasec.reload")["rules"])
            except check.Failed as reason:
                check.present(reason, "another reload is under way")

    policies.change(stack, *RULES[0])
    before = stack.shared_memory()
    threads = [threading.Thread(target=reload) for _ in range(2)]
    for thread in threads:
        thread.start()
    seen, slowest = set(), 0
    for turn in range(20):
        policies.write(stack, *RULES[turn % 2], members=MEMBERS)
        for _ in range(5):
            begun = time.monotonic()
            seen.add(phone.register(client=(), tags=()).status)
            slowest = max(slowest, time.monotonic() - begun)
    done.set()
    for thread in threads:
        thread.join()
    check.equal(seen, {200, 421}, "replies")
    check.equal(set(answers), {1, 2}, "numbers of rules")
    check.that(slowest < 5, f"a REGISTER took {slowest:.1f} s")
    policies.change(stack, *RULES[0])
    grown = stack.shared_memory() - before
    check.that(grown < 64 * 1024, f"{grown} bytes stay behind")
