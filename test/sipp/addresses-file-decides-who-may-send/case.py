from lib import calls, check, guard, parties, sdp
from lib.stack import NATIVE

DEFINES = {**NATIVE, "FLOOD_LIMIT": "30"}


def run(stack):
    home, core_ip = guard.neighbour(stack), stack.core_agent[0]
    refused = (f"1 {core_ip}", f"2 {stack.phone_ip.rpartition('.')[0]}.8 29",
               f"4 {stack.phone_ip}")
    stack.defines["ADDRESSES"] = guard.addresses(stack, f"1 {core_ip}", f"2 {home}",
                                                 f"4 {stack.phone_ip}")
    stack.defines["CORE_PEERS"] = "192.0.2.1"
    stack.restart()
    core, alice = stack.core(), calls.agreed(stack)
    bob = stack.phone("bob", ip=home)
    guard.ignored(bob)
    guard.ignored(stack.phone("bob", "tls", ip=home))
    check.that(guard.counter(stack, "denied") >= 2, "counter denied")
    calls.hang_up(calls.answered(alice, core, *alice.verify()), alice, core)
    calls.no_keys(core)
    call = alice.build("INVITE", f"sip:200@{stack.domain}", body=sdp.plain("127.0.0.1"))
    alice.send(call, (stack.core_ip, stack.ports["core"]))
    check.status(alice.answer(call), 403)

    guard.flood(alice)  # trusted, as the core is
    guard.flood(core)
    guard.heard(alice)
    check.equal(guard.table(stack, "ban"), {}, "who is banned")

    guard.addresses(stack, *refused)
    guard.reread(stack)
    guard.ignored(alice)
    guard.ignored(bob)
    guard.addresses(stack, f"1 {core_ip}", "2 192.0.2.1 99")
    parties.waited(lambda: "Reload failed" in stack.kamcmd(
        "permissions.addressReload"), "a file with a fault is read")
    guard.ignored(alice)
    guard.addresses(stack, f"1 {core_ip}")
    guard.reread(stack)
    guard.heard(bob)
    calls.hang_up(calls.answered(alice, core, *alice.verify()), alice, core)

    guard.addresses(stack, f"1 {core_ip}", f"3 {home}")
    stack.defines["ADDRESSES_ONLY"] = "1"
    stack.restart()
    guard.ignored(alice)
    guard.heard(bob)
    check.status(bob.register(), 200)
