"""One controller, several switches: each gets the flows of its own ports."""

from flow6lab import Controller, Network, until


def test_two_bridges_are_served_by_one_controller(lab):
    """Ports bind by name, as without OVSDB. The second bridge's hosts are on a network of their own."""
    network = Network.simple(2).network("red").subnet("red6", "red", "2001:db8:2::/64")
    network.port("red1", "red", number=0x21).port("red2", "red", number=0x22).bind_by_name()
    lab.ovs.add_bridge("br-two", dpid=2)
    lab.add_hosts(network, "vm1", "vm2", bind=False)
    lab.add_hosts(network, "red1", "red2", bind=False, bridge="br-two")
    for bridge in (lab.bridge, "br-two"):
        lab.ovs.set_controller(bridge, "tcp:127.0.0.1:6653")
    with Controller(lab, network, bind="name") as flow6:
        flow6.wait_settled(switches=2, ports=4)
        dpids = {switch["dpid"] for switch in flow6.status()["switches"]}
        assert dpids == {f"{lab.ovs.dpid(bridge):016x}" for bridge in (lab.bridge, "br-two")}
        assert lab.hosts["vm1"].ping("2001:db8:1::2").answered_all
        assert lab.hosts["red1"].ping("2001:db8:2::22").answered_all
        assert flow6.punted() == 0

        second = lab.ovs.flow_keys("br-two")
        lab.ovs.vsctl("del-controller", lab.bridge)
        until(lambda: [s["connected"] for s in flow6.status()["switches"]].count(True) <= 1, "one switch is gone")
        assert lab.hosts["red1"].ndisc6("2001:db8:2::22")
        assert lab.ovs.flow_keys("br-two") == second
        lab.ovs.set_controller(lab.bridge, "tcp:127.0.0.1:6653")
        flow6.wait_settled(switches=2, ports=4)


def test_a_switch_that_says_another_ones_datapath_id_is_not_mixed_up(lab):
    network = Network.simple(2).bind_by_name()
    lab.add_hosts(network, "vm1", "vm2", bind=False)
    lab.ovs.set_controller(lab.bridge, "tcp:127.0.0.1:6653")
    with Controller(lab, network, bind="name") as flow6:
        flow6.wait_settled(ports=2)
        lab.ovs.add_bridge("br-two", dpid=lab.ovs.dpid(lab.bridge))
        lab.ovs.set_controller("br-two", "tcp:127.0.0.1:6653")
        dpid = bytes.fromhex(f"{lab.ovs.dpid(lab.bridge):016x}").hex(":")
        flow6.wait_log(f"{dpid} at 127.0.0.1")
        flow6.wait_log("replaced by a newer connection")
        lab.ovs.vsctl("del-br", "br-two")
        flow6.wait_settled(ports=2)
        assert lab.hosts["vm1"].ping("2001:db8:1::2").answered_all
