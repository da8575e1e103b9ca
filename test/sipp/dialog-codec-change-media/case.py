from lib import calls, check, parties, sdp


def run(stack):
    core, alice = parties.behind(stack), parties.registered(stack, parties.SDES)
    dialog = parties.connect(stack, alice, core, offer=alice.offer(formats="8 0"))
    for by, formats in ((alice, "0"), (core, "0 8"), (alice, "0 9 101")):
        extra = ("a=rtpmap:101 telephone-event/8000",) if "101" in formats else ()
        dialog.reoffer(by, offer=by.offer(*extra, formats=formats))
        got = sdp.read(dialog.last.bodies[1])[0].lines[0]
        check.equal(got.split(" ", 3)[3], formats, "codecs at the other side")
        dialog.talk(packets=20)
    calls.no_keys(core.agent)
    dialog.hang_up()
