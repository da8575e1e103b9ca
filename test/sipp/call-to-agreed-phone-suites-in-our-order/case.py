from lib import calls, check, media, sdp

ORDERS = (["AES_CM_128_HMAC_SHA1_80", "AEAD_AES_256_GCM", "AEAD_AES_128_GCM",
           "AES_256_CM_HMAC_SHA1_80"],
          ["AEAD_AES_128_GCM", "AES_CM_128_HMAC_SHA1_80", "AEAD_AES_256_GCM"])


def call(stack, order):
    alice, bob = calls.agreed(stack), stack.phone("bob")
    check.status(bob.register(client=(), tags=()), 200)
    offer = sdp.plain(stack.phone_ip, 40100)
    call = bob.invite("alice", offer)
    invite = alice.request("INVITE")
    [asked] = sdp.read(invite.body)
    check.equal([suite for _, suite, _ in asked.cryptos], order, "suites")
    check.equal(len({tag for tag, _, _ in asked.cryptos}), len(order), "tags")
    tag, suite, _ = asked.cryptos[0]
    answer = sdp.secure(stack.phone_ip, 40000, sdp.crypto(tag, suite))
    alice.reply(invite, 200, body=answer)
    check.status(call.final(), 200)
    call.ack()
    alice.request("ACK")
    caller, callee = media.ends(offer, invite.body, answer, call.reply.body)
    media.talk(callee, caller, packets=20)
    bye = call.bye()
    alice.reply(alice.request("BYE"), 200)
    check.status(bob.answer(bye), 200)


def run(stack):
    call(stack, ORDERS[0])
    stack.defines["SUITES"] = ",".join(ORDERS[1])
    stack.restart()
    call(stack, ORDERS[1])
