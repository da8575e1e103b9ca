import os
import subprocess

from lib import calls, check, sdp
from lib.stack import CONFIG, NATIVE, ROOT

DEFINES = NATIVE
SETTINGS = {"T38": "0", "DRAIN_RETRY": "7"}


def run(stack):
    stack.config = stack.run / "given.cfg"
    with open(stack.config, "w", encoding="utf-8") as given:
        subprocess.run([ROOT / "docker" / "kamailio-settings", CONFIG.parent], check=True,
                       env={"PATH": os.environ["PATH"], **SETTINGS}, stdout=given)
    stack.restart()
    alice = calls.agreed(stack)
    fax = sdp.mline(40000, "a=T38FaxVersion:0", proto="udptl", media="image",
                    formats="t38")
    calls.refused(alice, 488, *alice.verify(), offer=sdp.body(stack.phone_ip, fax))
    stack.rpc("cfg.set_now_int", "node", "drain", 1)
    check.status(alice.register(), 503)
    check.equal(alice.last.value("Retry-After"), "7", "Retry-After")
