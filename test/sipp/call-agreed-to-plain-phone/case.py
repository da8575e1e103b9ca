from lib import calls, check, media, sdp


def run(stack):
    alice, bob = calls.agreed(stack), stack.phone("bob")
    check.status(bob.register(client=(), tags=()), 200)
    offer = sdp.secure(stack.phone_ip, 40000)
    answer = sdp.plain(stack.phone_ip, 40100)
    talk = calls.answered(alice, bob, *alice.verify(), offer=offer, answer=answer,
                          target="bob")
    calls.no_keys(bob)
    media.talk(*media.ends(offer, talk.invite.body, answer, talk.answer.body))
    calls.hang_up(talk, alice, bob)
    calls.no_sessions(stack)
