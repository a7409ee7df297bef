"""What services are measured beside: radvd, Kea and dnsmasq, each on a host of a switch that only bridges."""

import json

from flow6lab import Lab, Network

class PeerLab(Lab):
    """A Lab whose switch bridges like any: host vm1 asks, host `server` runs a daemon."""

    def __enter__(self):
        super().__enter__()
        try:
            self.ofctl("add-flow", "actions=NORMAL")
            network = Network.simple(1).port("server", "blue", number=0xFFFE)
            self.add_hosts(network, "vm1", "server", bind=False)
            for host in self.hosts.values():
                host.wait_address(host.link_local)
            self.server = self.hosts["server"]
            self.server.sysctl("ipv6/conf/eth0/forwarding", 1)
        except BaseException:
            self.close()
            raise
        return self

    def radvd(self):
        """Starts radvd; it answers who asked, and nobody else."""
        config = self.folder / "radvd.conf"
        config.write_text("""
            interface eth0 {
                AdvSendAdvert on;
                UnicastOnly on;
                prefix 2001:db8:1::/64 {};
                RDNSS 2001:db8::53 {};
            };
        """)
        self.server.spawn("radvd", "--nodaemon", "--config", config, "--pidfile", self.folder / "radvd.pid", "--logmethod", "stderr")
        return self

    def kea(self):
        """Starts Kea's DHCPv6 server, with leases in memory."""
        config = self.folder / "kea.json"
        config.write_text(json.dumps({"Dhcp6": {
            "interfaces-config": {"interfaces": ["eth0"]},
            "lease-database": {"type": "memfile", "persist": False},
            "option-data": [{"name": "dns-servers", "data": "2001:db8::53"}],
            "subnet6": [{"subnet": "2001:db8:1::/64", "interface": "eth0", "pools": [{"pool": "2001:db8:1:0:8000::/80"}]}],
            "server-id": {"type": "LL", "persist": False},
            "loggers": [{"name": "kea-dhcp6", "severity": "WARN", "output_options": [{"output": "stdout"}]}],
        }}))
        environment = {"KEA_PIDFILE_DIR": str(self.folder), "KEA_LOCKFILE_DIR": str(self.folder)}
        self.server.spawn("kea-dhcp6", "-c", config, env=environment)
        return self

    def dnsmasq(self):
        """Starts dnsmasq as Neutron does, serving DHCPv6 alone."""
        self.server.spawn("dnsmasq", "--keep-in-foreground", "--no-resolv", "--no-hosts", "--port=0", "--conf-file=/dev/null", "--user=root", "--interface=eth0",
                          "--bind-interfaces", "--dhcp-range=2001:db8:1:0:8000::,2001:db8:1:0:8000:ffff:ffff:ffff,64,86400s", "--dhcp-lease-max=1000000",
                          "--dhcp-option=option6:dns-server,[2001:db8::53]", f"--dhcp-leasefile={self.folder}/dnsmasq.leases", f"--pid-file={self.folder}/dnsmasq.pid",
                          "--log-facility=-")
        return self
