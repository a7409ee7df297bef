package org.flow6.network.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.flow6.network.Id;
import org.flow6.network.IpPrefix;
import org.flow6.network.Network;
import org.flow6.network.file.FixedIps.StatedIp;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.IPAddress;

/** The subnets of a network, for finding the one that an address is stated on. */
final class SubnetsOn {
    private final Id<Network> network;
    private final Resolving resolving;
    private final List<Item> readable;
    /** Whether the network has other subnets too, so that not finding one proves nothing. */
    private final boolean unsure;

    SubnetsOn(Id<Network> network, Resolving resolving) {
        this.network = network;
        this.resolving = resolving;
        List<Item> subnets = new ArrayList<>(resolving.all(Key.subnetsOf(network)));
        this.unsure = subnets.removeIf(subnet -> !subnet.has(Kinds.SUBNETS.cidr, Kinds.SUBNETS.id));
        subnets.sort(Comparator.comparing(Item::id)
                .thenComparing(subnet -> subnet.get(Kinds.SUBNETS.cidr).toString()));
        this.readable = subnets;
    }

    /** Those whose CIDR is known, ordered by id. */
    List<Item> readable() {
        return readable;
    }

    /** The subnet that is named, or holds the address; null, with a complaint, if there is none. */
    @Nullable
    Item of(StatedIp stated) {
        return stated.subnetId() == null ? holding(stated) : named(stated, stated.subnetId());
    }

    private @Nullable Item holding(StatedIp stated) {
        for (Item subnet : readable) {
            if (stated.address() != null && subnet.get(Kinds.SUBNETS.cidr).contains(stated.address())) {
                return subnet;
            }
        }
        if (!unsure) {
            resolving.complain(stated.place(), "no subnet of network " + network + " holds " + stated.address());
        }
        return null;
    }

    private @Nullable Item named(StatedIp stated, String id) {
        for (Item subnet : readable) {
            if (subnet.id().equals(id)) {
                return subnet;
            }
        }
        Item elsewhere = resolving.refer(Kinds.SUBNETS, id, stated.place());
        String theirs = elsewhere == null ? null : elsewhere.find(Kinds.SUBNETS.networkId);
        if (theirs != null && !theirs.equals(network.value())) {
            resolving.complain(
                    stated.place(), "subnet " + id + " is of network " + theirs + ", not of network " + network);
        }
        return null;
    }

    /**
     * As Neutron's check_subnet_ip: in the CIDR, and not the address that stands for all routers or hosts there. A router
     * may be the subnet's gateway by an address of another prefix, such as a link-local one.
     */
    void check(StatedIp stated, Item subnet, IPAddress<?> address, boolean router) {
        IpPrefix cidr = subnet.get(Kinds.SUBNETS.cidr);
        int hostBits = Addresses.bits(cidr.address()) - cidr.length();
        if (!cidr.contains(address) && !(router && address.equals(Kinds.SUBNETS.gatewayOf(subnet)))) {
            resolving.complain(stated.place(), address + " is not in " + cidr + ", the cidr of subnet " + subnet.id());
        } else if (hostBits > 1 && address.equals(cidr.address()) && !(cidr.isIpv6() && router)) {
            resolving.complain(
                    stated.place(),
                    address + " is the first address of " + cidr
                            + (cidr.isIpv6() ? ", which stands for its routers (RFC 4291 §2.6.1)" : ""));
        } else if (hostBits > 1 && !cidr.isIpv6() && address.equals(Addresses.last(cidr))) {
            resolving.complain(stated.place(), address + " is the broadcast address of " + cidr);
        }
    }
}
