from lib import calls, check, sdp


def run(stack):
    core, alice, sent = stack.core(), stack.phone(), []
    send = alice.send
    alice.send = lambda message: sent.append(message) or send(message)
    check.status(alice.register(), 200)
    check.status(again(alice, sent[-1]), 200)
    check.equal(len(stack.agreements()), 1, "agreements")
    check.absent(stack.log(), "could not be kept")
    calls.refused(alice, 494, offer=sdp.plain(stack.phone_ip),
                  sender="<sip:anonymous@anonymous.invalid>;tag=x")
    calls.hang_up(calls.answered(alice, core, *alice.verify()), alice, core)


def again(phone, request):
    """Send it until it is answered: while the worker of the first one is on its
    last lines, t_precheck_trans() passes it over."""
    for _ in range(9):
        try:
            return phone.ask(request, timeout=0.5)
        except check.Failed:
            continue
    return phone.ask(request)
