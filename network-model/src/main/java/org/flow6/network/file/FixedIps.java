package org.flow6.network.file;

import java.util.ArrayList;
import java.util.List;
import org.flow6.network.Id;
import org.flow6.network.IpPrefix;
import org.flow6.network.Network;
import org.flow6.network.Port;
import org.flow6.network.Port.FixedIp;
import org.flow6.network.file.Complaint.Place;
import org.flow6.packets.InterfaceId;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** The addresses of one port: those it states, and the one SLAAC makes in each subnet where hosts make their own. */
final class FixedIps {
    private static final StatedShape SHAPE = new StatedShape();
    private static final ValueReader<Values> VALUES = SHAPE.reader();

    /** Reads {@code {subnet_id, ip_address}}, of which one may be left out. */
    static final ValueReader<StatedIp> STATED = Readers.mapping(SHAPE, field -> {
        Values values = VALUES.read(field);
        if (values == null) {
            return null;
        }
        String subnet = values.find(SHAPE.subnetId);
        IPAddress<?> address = values.find(SHAPE.ipAddress);
        return subnet == null && address == null
                ? field.complain("states neither subnet_id nor ip_address")
                : new StatedIp(new Place(values.line(), field.path()), subnet, address);
    });

    private final Item port;
    private final boolean router;
    private final Id<Network> network;
    private final Resolving resolving;
    private final SubnetsOn subnets;
    private final List<FixedIp> found = new ArrayList<>();

    /** What a port states of one address. */
    record StatedIp(
            Place place,
            @Nullable String subnetId,
            @Nullable IPAddress<?> address) {}

    private FixedIps(Item port, Id<Network> network, Resolving resolving) {
        this.port = port;
        this.network = network;
        this.resolving = resolving;
        String owner = port.find(Kinds.PORTS.deviceOwner);
        router = owner != null && Port.isRouterInterface(owner);
        subnets = new SubnetsOn(network, resolving);
    }

    /** The addresses of a port on a network, each claimed for it alone. */
    static List<FixedIp> of(Item port, Id<Network> network, Resolving resolving) {
        FixedIps addresses = new FixedIps(port, network, resolving);
        port.get(Kinds.PORTS.fixedIps).forEach(addresses::addStated);
        addresses.addAutomatic();
        return addresses.found;
    }

    private void addStated(StatedIp stated) {
        Item subnet = subnets.of(stated);
        if (subnet == null) {
            return;
        }
        boolean auto = !router && Kinds.SUBNETS.isAutoAddress(subnet);
        IPAddress<?> automatic = automatic(subnet);
        IPAddress<?> address = stated.address == null ? automatic : stated.address;
        if (address == null) {
            // Where SLAAC would make one, what keeps it from doing so is complained about elsewhere.
            if (!auto) {
                resolving.complain(
                        stated.place, "has no ip_address: state which one the port has on subnet " + subnet.id());
            }
        } else if (automatic != null && !address.equals(automatic) && !Kinds.SUBNETS.isChosen(subnet)) {
            resolving.complain(
                    stated.place,
                    address + " is not " + automatic + ", which hosts on subnet " + subnet.id()
                            + " make of the MAC address (SLAAC): leave ip_address out");
        } else {
            subnets.check(stated, subnet, address, router);
            add(stated, subnet, address);
        }
    }

    private void addAutomatic() {
        for (Item subnet : subnets.readable()) {
            IPAddress<?> address = automatic(subnet);
            if (address != null && !has(address) && !(Kinds.SUBNETS.isChosen(subnet) && hasOneOf(subnet))) {
                found.add(new FixedIp(Id.of(subnet.id()), address));
                resolving.claimConsequently(Key.addressOn(network, address), port.place(Kinds.PORTS.macAddress));
            }
        }
    }

    /** The address that SLAAC makes on a subnet; null if none. */
    private @Nullable IPAddress<?> automatic(Item subnet) {
        MacAddress mac = port.find(Kinds.PORTS.macAddress);
        IpPrefix cidr = subnet.get(Kinds.SUBNETS.cidr);
        return !router
                        && mac != null
                        && Kinds.SUBNETS.isAutoAddress(subnet)
                        && cidr.length() == SubnetKind.SLAAC_LENGTH
                        && cidr.address() instanceof IPv6Address prefix
                ? InterfaceId.eui64(mac).under(prefix)
                : null;
    }

    private void add(StatedIp stated, Item subnet, IPAddress<?> address) {
        if (has(address)) {
            resolving.complain(stated.place, address + " is there twice");
            return;
        }
        found.add(new FixedIp(Id.of(subnet.id()), address));
        resolving.claim(Key.addressOn(network, address), stated.place);
    }

    private boolean has(IPAddress<?> address) {
        return found.stream().anyMatch(fixed -> fixed.ipAddress().equals(address));
    }

    private boolean hasOneOf(Item subnet) {
        return found.stream().anyMatch(fixed -> fixed.subnetId().equals(Id.of(subnet.id())));
    }

    private static final class StatedShape extends Shape {
        final Attribute<String> subnetId = optional(
                "subnet_id",
                "The subnet; one is enough of it and ip_address, if the other follows. Default: that which "
                        + "holds the address.",
                Readers.ID);
        final Attribute<IPAddress<?>> ipAddress = optional(
                "ip_address",
                "In the cidr, unique on the network. Default: that which hosts make of the MAC address (SLAAC); elsewhere "
                        + "required.",
                Readers.HOST_ADDRESS);

        StatedShape() {
            super("a fixed IP");
        }
    }
}
