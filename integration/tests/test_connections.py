"""The ways to a switch: it connects over TCP or mutual TLS, or Flow6 connects to its socket or port; and the OVSDB settings."""

import ssl
import subprocess

import pytest

from flow6lab import Controller, Network, until


def _serves(lab, flow6):
    flow6.wait_settled(ports=2)
    assert lab.hosts["vm1"].ping("2001:db8:1::2").answered_all
    assert lab.hosts["vm1"].ndisc6("2001:db8:1::2")


@pytest.fixture
def network(lab):
    network = Network.simple(2)
    lab.add_hosts(network, "vm1", "vm2")
    return network


def test_flow6_points_a_bridge_without_controller_at_itself(lab, network):
    with Controller(lab, network) as flow6:
        _serves(lab, flow6)
        assert lab.ovs.vsctl("get-controller", lab.bridge) == "tcp:127.0.0.1:6653"
        assert lab.ovs.vsctl("get-fail-mode", lab.bridge) == "secure"
        assert lab.ovs.vsctl("get", "controller", lab.bridge, "connection_mode") == "out-of-band"
        assert "OpenFlow13" in lab.ovs.vsctl("get", "bridge", lab.bridge, "protocols")
        assert "ipv6_" in lab.ovs.vsctl("--columns=prefixes", "list", "flow_table")


def test_a_bridge_that_has_a_controller_keeps_it(lab, network):
    lab.ovs.set_controller(lab.bridge, "tcp:127.0.0.1:6999")
    flow6 = Controller(lab, network)
    flow6.start(connected=False)
    until(lambda: flow6.status()["network"]["ports"] == 2, "the network is read")
    until(lambda: "OpenFlow13" in lab.ovs.vsctl("get", "bridge", lab.bridge, "protocols"), "Flow6 has set the bridge up")
    assert lab.ovs.vsctl("get-controller", lab.bridge) == "tcp:127.0.0.1:6999"


def test_flow6_connects_to_the_bridges_socket(lab, network):
    socket = f"unix:{lab.ovs.folder}/{lab.bridge}.mgmt"
    with Controller(lab, network, settings={"openflow": {"connect": [socket]}}) as flow6:
        _serves(lab, flow6)
        lab.wait_asked()
        before = lab.flow_count()
        lab.ovs.restart()
        until(lambda: lab.flow_count() == before, "Flow6 connected again and the flows are back")


def test_flow6_connects_to_the_bridges_port(lab, network):
    lab.ovs.vsctl("set-controller", lab.bridge, "ptcp:6654:127.0.0.1")
    with Controller(lab, network, settings={"openflow": {"connect": ["tcp:127.0.0.1:6654"]}}) as flow6:
        _serves(lab, flow6)


def test_ports_that_come_and_go_in_ovsdb_are_bound_and_released(lab, network):
    with Controller(lab, network) as flow6:
        flow6.wait_settled(ports=2)
        before = lab.flow_count()
        lab.ovs.vsctl("remove", "interface", "vm2", "external_ids", "iface-id")
        flow6.wait_settled(ports=1)
        assert lab.flow_count() < before
        lab.ovs.vsctl("set", "interface", "vm2", "external_ids:iface-id=vm2")
        flow6.wait_settled(ports=2)
        assert lab.hosts["vm1"].ping("2001:db8:1::2").answered_all


def test_ovsdb_may_come_later(lab, network):
    lab.ovs.kill()
    flow6 = Controller(lab, network)
    flow6.start(connected=False)
    lab.ovs.start()
    _serves(lab, flow6)


@pytest.fixture
def keys(lab):
    """A certificate authority, and key and certificate for each side, made with openssl."""
    folder = lab.folder / "keys"
    folder.mkdir()

    def openssl(*words):
        subprocess.run(["openssl", *map(str, words)], cwd=folder, check=True, capture_output=True)

    for authority in ("ca", "other-ca"):
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{authority}.key", "-out", f"{authority}.pem", "-subj", f"/CN={authority}", "-days", 2)
    for name, authority in (("flow6", "ca"), ("ovs", "ca"), ("stranger", "other-ca")):
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
        openssl("x509", "-req", "-in", f"{name}.csr", "-CA", f"{authority}.pem", "-CAkey", f"{authority}.key", "-CAcreateserial", "-out", f"{name}.pem", "-days", 2)
    return folder


def _hello_over_tls(namespace, keys, name):
    """What comes back to an OpenFlow hello from a TLS client of that name; nothing when the connection is refused."""
    context = ssl.create_default_context(cafile=keys / "ca.pem")
    context.check_hostname = False
    if name:
        context.load_cert_chain(keys / f"{name}.pem", keys / f"{name}.key")
    try:
        with namespace.connect(6653) as connection, context.wrap_socket(connection) as secured:
            secured.sendall(bytes.fromhex("0400000800000001"))
            return secured.recv(8)
    except (ssl.SSLError, ConnectionError):
        return b""


def test_a_switch_connects_over_mutual_tls_and_a_stranger_does_not(lab, network, keys):
    tls = {"certificate": str(keys / "flow6.pem"), "key": str(keys / "flow6.key"), "ca": str(keys / "ca.pem")}
    flow6 = Controller(lab, network, settings={"openflow": {"listen": "127.0.0.1:6653", "tls": tls}})
    flow6.start(connected=False)
    lab.ovs.vsctl("set-ssl", keys / "ovs.key", keys / "ovs.pem", keys / "ca.pem")
    lab.ovs.set_controller(lab.bridge, "ssl:127.0.0.1:6653")
    _serves(lab, flow6)
    assert _hello_over_tls(flow6.namespace, keys, "ovs").startswith(b"\x04\x00")
    assert _hello_over_tls(flow6.namespace, keys, "stranger") == b""
    assert _hello_over_tls(flow6.namespace, keys, None) == b""
    _serves(lab, flow6)
