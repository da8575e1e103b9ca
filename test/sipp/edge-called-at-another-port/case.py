from lib import check, elsewhere, registrar

DEFINES = {"REGISTRAR": "sip:{core}"}


def run(stack):
    elsewhere.as_it_stands(stack, elsewhere.LOOKUP)
    core = stack.core()
    for user, asks, proto in (("alice", {}, "RTP/SAVP"),
                              ("bob", {"client": (), "tags": ()}, "RTP/AVP")):
        phone, ear = stack.phone(user), stack.phone(user)
        with registrar.serving(core):
            check.status(phone.register(contact=f"<{ear.contact}>", **asks), 200)
        for uri in (ear.contact, f"sip:+4930123@{ear.address}"):
            check.equal(elsewhere.offered(stack, core, uri, ear), [proto], uri)
