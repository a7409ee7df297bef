"""Builds the network file of Flow6 (Neutron's resource and field names) for tests."""

import copy
import ipaddress

import yaml

from flow6lab.host import link_local


class Network:
    """The content of a network file, built a resource at a time; every method returns the object itself."""

    def __init__(self, content=None):
        self.content = copy.deepcopy(content) if content else {"networks": [], "subnets": [], "ports": []}

    @staticmethod
    def simple(ports=2, network="blue", prefix="2001:db8:1::/64", first=1):
        """One network and one subnet with ports vm1, vm2 …, whose MAC and address end in the port's number in hexadecimal."""
        built = Network().network(network).subnet(f"{network}6", network, prefix)
        for number in range(first, first + ports):
            built.port(f"vm{number}", network, number=number)
        return built

    def copy(self):
        return Network(self.content)

    def add(self, resource, **fields):
        """Any resource, as it stands."""
        self.content.setdefault(resource, []).append(fields)
        return self

    def network(self, network_id, **fields):
        return self.add("networks", id=network_id, **fields)

    def subnet(self, subnet_id, network_id, cidr, **fields):
        version = ipaddress.ip_network(cidr).version
        defaults = {"ip_version": version, "cidr": cidr, "gateway_ip": None, "enable_dhcp": False}
        return self.add("subnets", id=subnet_id, network_id=network_id, **{**defaults, **fields})

    def port(self, port_id, network_id, *, number=None, mac=None, addresses=None, **fields):
        """A port with a MAC and addresses; `number` makes both, in every subnet of the network.

        `addresses` is a list of (subnet, address).
        """
        if mac is None:
            mac = mac_of(number)
        if addresses is None:
            addresses = [(subnet["id"], str(ipaddress.ip_network(subnet["cidr"])[number]))
                         for subnet in self.content["subnets"] if subnet["network_id"] == network_id]
        fixed = [{"subnet_id": subnet, "ip_address": address} for subnet, address in addresses]
        return self.add("ports", id=port_id, network_id=network_id, mac_address=mac, fixed_ips=fixed, **fields)

    def allow_pings(self):
        """Ports of the default group may be pinged by everybody: link-local addresses are in no remote group."""
        return self.add("security_group_rules", id="pings", security_group_id="default", direction="ingress", ethertype="IPv6", protocol="icmpv6")

    def bind_by_name(self):
        """Binds every port to the switch port of the same name, as is done without OVSDB."""
        for port in self.content["ports"]:
            port["binding:profile"] = {"interface_name": port["id"]}
        return self

    def port_of(self, port_id):
        return next(port for port in self.content["ports"] if port["id"] == port_id)

    def remove_port(self, port_id):
        self.content["ports"].remove(self.port_of(port_id))
        return self

    def _prefix_length(self, subnet_id):
        return next(ipaddress.ip_network(s["cidr"]).prefixlen for s in self.content["subnets"] if s["id"] == subnet_id)

    def addresses_of(self, port_id):
        """The port's fixed addresses with their prefix lengths."""
        return [f"{fixed['ip_address']}/{self._prefix_length(fixed['subnet_id'])}" for fixed in self.port_of(port_id)["fixed_ips"]]

    def address_of(self, port_id, index=0):
        return self.port_of(port_id)["fixed_ips"][index]["ip_address"]

    def mac_of(self, port_id):
        return self.port_of(port_id)["mac_address"]

    def link_local_of(self, port_id):
        return link_local(self.mac_of(port_id))

    def text(self):
        """The file's text."""
        return yaml.dump(self.content, Dumper=yaml.CSafeDumper, sort_keys=False)


def mac_of(number):
    """The MAC of the port of that number: 02:00 and the number."""
    return ":".join(f"{octet:02x}" for octet in b"\x02\x00" + number.to_bytes(4, "big"))
