from lib import calls, check, sdp


def run(stack):
    core, first, second = stack.core(), calls.agreed(stack), calls.agreed(stack)
    check.status(first.register(expires=0), 200)
    check.equal([flow.rpartition(":")[2] for _, flow, _ in stack.agreements()],
                [str(second.transport.address[1])], "ports of the agreements")
    calls.refused(second, 494, offer=sdp.plain(stack.phone_ip))
    calls.refused(second, 494, offer=sdp.plain(stack.phone_ip),
                  sender="<sip:anonymous@anonymous.invalid>;tag=x")
    calls.hang_up(calls.answered(second, core, *second.verify()), second, core)
