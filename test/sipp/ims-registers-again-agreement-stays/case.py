from lib import check, ims, parties

SERVERS = ims.Pcscf


def run(stack):
    core = parties.behind(stack)
    alice = parties.Party(stack, ims.registered(stack, core.agent), parties.SDES)
    handset = alice.agent
    before, old = handset.associations(), handset.agreed(handset.challenge)

    handset.renew()
    with ims.serving(core.agent):
        check.status(handset.register(*handset.verify()), 200)
    check.that(handset.associations() != before, "the same associations")
    new = handset.agreed(handset.challenge)
    check.that(all(old[spi] != new[spi] for spi in ("spi-c", "spi-s")),
               "an SPI of before, for which the kernel keeps the key of before")
    handset.is_associated()
    check.equal([aor for aor, _, _ in stack.agreements()],
                [f"alice@{stack.domain}"], "agreements")
    parties.connect(stack, alice, core).hang_up()
    core.renew()
    alice.renew()
    dialog = parties.called(stack, core, alice)
    dialog.talk(packets=20)
    dialog.hang_up()
    handset.within()

    with ims.serving(core.agent):
        check.status(handset.register(*handset.verify(), expires=0), 200)
    check.equal(stack.agreements(), [], "agreements")
