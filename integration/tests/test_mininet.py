"""Mininet's stock topologies with `--controller remote` and a network file, and a script as people write them for Ryu."""

import textwrap

import pytest

from flow6lab import Controller, Network
from flow6lab.mininet import run_mn, run_script

MAC = "00:00:00:00:00:0{}"


@pytest.fixture
def served(lab):
    """Flow6 on the port where Mininet's switch will look, with ports h1, h2 and h3 by interface name; h3's network is another one."""
    network = Network().network("blue").subnet("blue6", "blue", "2001:db8:1::/64").subnet("blue4", "blue", "10.0.0.0/8")
    network.network("red").subnet("red6", "red", "2001:db8:2::/64").subnet("red4", "red", "10.0.0.0/8")
    for number, (net, prefix) in enumerate((("blue", 1), ("blue", 1), ("red", 2)), 1):
        network.port(f"h{number}", net, mac=MAC.format(number), addresses=[(f"{net}6", f"2001:db8:{prefix}::{number}"), (f"{net}4", f"10.0.0.{number}")])
        network.port_of(f"h{number}")["binding:profile"] = {"interface_name": f"s1-eth{number}"}
    flow6 = Controller(lab, network, bind="name")
    flow6.start(connected=False)
    return lab, flow6


def test_mn_with_a_stock_topology(served):
    lab, flow6 = served
    commands = [
        *(f"h{n} ip -6 address add 2001:db8:{p}::{n}/64 dev h{n}-eth0 nodad" for n, p in ((1, 1), (2, 1), (3, 2))),
        # Mininet gives up waiting for nothing: the first ping waits for the flows.
        "h1 ping -6 -n -c 20 -i 0.2 -W 1 2001:db8:1::2",
        "h1 ping -6 -n -c 5 -i 0.1 2001:db8:1::2",
        "h2 ndisc6 -1 2001:db8:1::1 h2-eth0",
        "h1 ping -6 -n -c 2 -W 1 fe80::200:ff:fe00:3%h1-eth0",
    ]
    output = run_mn(lab, commands, "--topo", "single,3", "--mac", "--controller", "remote,ip=127.0.0.1,port=6653",
                    "--switch", "ovsk,datapath=user,protocols=OpenFlow13")
    assert "5 packets transmitted, 5 received, 0% packet loss" in output, output
    assert "Target link-layer address: 00:00:00:00:00:01" in output, output
    assert "2 packets transmitted, 0 received" in output, output
    assert flow6.exit_code is None


_SCRIPT = textwrap.dedent("""
    from mininet.net import Mininet
    from mininet.node import OVSSwitch, RemoteController
    from mininet.topo import SingleSwitchTopo

    net = Mininet(topo=SingleSwitchTopo(k=2), switch=lambda name, **options: OVSSwitch(name, datapath="user", protocols="OpenFlow13", **options),
                  controller=lambda name: RemoteController(name, ip="127.0.0.1", port=6653), autoSetMacs=True)
    net.start()
    h1, h2 = net.get("h1", "h2")
    for number, host in ((1, h1), (2, h2)):
        host.cmd(f"ip -6 address add 2001:db8:1::{number}/64 dev {host.defaultIntf()} nodad")
    print(h1.cmd("ping -6 -n -c 20 -i 0.2 -W 1 2001:db8:1::2"))
    print("lost", net.ping([h1, h2]))
    print(h1.cmd("ping -6 -n -c 5 -i 0.1 2001:db8:1::2"))
    net.stop()
""")


def test_a_script_written_for_ryu(served):
    lab, flow6 = served
    output = run_script(lab, _SCRIPT)
    assert "5 packets transmitted, 5 received, 0% packet loss" in output, output
    assert "lost 0.0" in output, output
    assert flow6.exit_code is None
