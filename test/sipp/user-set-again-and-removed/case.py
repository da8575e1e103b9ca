import subprocess

from lib import check
from lib.message import credentials
from lib.stack import CONFIG


def set_user(stack, *arguments):
    return subprocess.run(
        [CONFIG.parent / "set-user", stack.run / "users.sqlite", stack.domain,
         *arguments], check=True, text=True, capture_output=True).stdout.strip()


def run(stack):
    dave = stack.phone("dave")
    check.status(dave.register(), 401)
    dave.password = set_user(stack, "dave")
    check.status(dave.register(), 200)
    first, dave.password = dave.password, set_user(stack, "dave")
    check.that(dave.password != first and len(first) == 24, "not random")
    check.status(dave.register(), 200)
    check.status(dave.register(password=first), 401)
    check.equal(set_user(stack, "dave", "$(a) 'b'"), "", "what is printed")
    check.status(dave.register(password="$(a) 'b'"), 200)
    whole = credentials(dave.challenge.value("WWW-Authenticate"), "REGISTER",
                        f"sip:{stack.domain}", dave.aor[4:], "$(a) 'b'")
    check.status(dave.ask(dave.build(
        "REGISTER", f"sip:{stack.domain}", f"Authorization: {whole}",
        to=f"<{dave.aor}>")), 200)
    check.equal(stack.sql("SELECT password FROM subscriber WHERE username = 'dave'"),
                [("",)], "passwords in clear")
    check.status(dave.register(password="$(a) 'b'"), 200)
    check.equal([one[0] for one in stack.agreements()], [dave.aor[4:]], "agreements")
    stack.sql("DELETE FROM subscriber WHERE username = 'dave'")
    stack.rpc("ul.rm", "location", "dave")
    stack.rpc("mediasec.drop", dave.aor[4:])
    check.equal(stack.agreements(), [], "agreements")
    check.status(dave.register(password="$(a) 'b'"), 401)
