from lib import check, parties

DEFINES = {"REQUIRE_SECURE_TRANSPORT": "1", "MECHANISMS": "sdes-srtp,dtls-srtp"}


def run(stack):
    alice = parties.registered(stack, parties.SDES, "alice", transport="tls")
    carol = parties.registered(stack, parties.ACTIVE, "carol")
    check.equal(carol.agent.list, ["dtls-srtp;mediasec"], "list on UDP")
    for caller, callee in ((alice, carol), (carol, alice)):
        dialog = parties.connect(stack, caller, callee)
        dialog.talk()
        dialog.hang_up()
    check.absent(carol.agent.wire, "inline", "crypto")
