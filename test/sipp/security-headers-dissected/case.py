from lib import calls, check, ladder, media, registrar

DEFINES = {"REGISTRAR": "sip:{core}"}
IPSEC = ("ipsec-3gpp;alg=hmac-sha-1-96;ealg=aes-cbc;prot=esp;mod=trans;spi-c=1111;"
         "spi-s=2222;port-c=5062;port-s=5063")


def play(stack):
    core, alice = stack.core(), stack.phone()
    with registrar.serving(core, f"Security-Server: {IPSEC};q=0.1"):
        check.status(alice.register(
            f"Security-Verify: {IPSEC};q=0.1",
            client=(f"{IPSEC}, sdes-srtp;mediasec", "dtls-srtp;mediasec")), 200)
        check.status(alice.register(verify=["digest;mediasec"]), 494)
        alice.register(client=(";mediasec",))
    calls.refused(alice, 494, "Security-Verify: digest;mediasec")
    return alice, core


def run(stack):
    net = stack.access.rpartition(".")[0]
    with media.capture(stack, None, "sip", f"udp and net {net}.0/24") as path:
        alice, core = play(stack)
    packets = ladder.read(path, stack.ports["access"], stack.ports["core"])

    def sent(address, name):
        return [one for one in packets if one.source == address and one[f"sip.{name}"]]

    access = (stack.access, stack.ports["access"])
    behind = (stack.core_ip, stack.ports["core"])
    mechanisms = stack.defines["MECHANISMS"].split(",")
    lists = sent(access, "Security-Server")
    check.that(len(lists) > 5, f"{len(lists)} replies with a list")
    for one in lists:
        read = one.each("sip.sec_mechanism")
        check.equal([name for name in read if name != "ipsec-3gpp"], mechanisms,
                    f"what tshark reads in {one['sip.Status-Line']}")
    for name in ("Security-Client", "Security-Verify"):
        for one in sent(behind, name)[:2]:  # of alice's first registration
            check.equal(set(one.each("sip.sec_mechanism")), {"ipsec-3gpp"}, name)
        check.that(sent(behind, name), f"no {name} reaches the registrar")
    check.equal(ladder.malformed([one for one in packets
                                  if one.source in (access, behind)]), [], "malformed")
    broken = [one for one in sent(alice.transport.address, "Security-Client")
              if one["sip.Security-Client"] == ";mediasec"][0]
    check.equal(broken.each("sip.sec_mechanism"), [], "of the broken one")
