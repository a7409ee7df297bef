package org.flow6.flow;

import java.util.List;
import java.util.Optional;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkAddress;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.Port;
import org.flow6.network.Receiver;
import org.flow6.packets.Icmpv6;
import org.flow6.packets.NdFlags;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** How an app answers packets punted for one reason: a pure function. */
@FunctionalInterface
public interface Answer {

    Result answer(PacketIn packet, NetworkSnapshot snapshot, Moment moment);

    /** What came of a packet. */
    sealed interface Result {
        /**
         * Packets to send in answer; none where none is due.
         *
         * @param facts what to remember first: nothing is sent before it is kept
         * @param solicited beacons whose frames the port that asked gets soon
         */
        record Send(List<PacketOut> packets, Facts.Change facts, List<Solicited> solicited) implements Result {
            public Send {
                packets = List.copyOf(packets);
                solicited = List.copyOf(solicited);
            }

            public Send(List<PacketOut> packets) {
                this(packets, Facts.Change.NONE, List.of());
            }
        }

        /** Refused: dropped and counted. */
        record Refuse(DropReason reason) implements Result {}

        /**
         * Waits until its next hop's MAC address is known, and then goes there as it is; the framework asks for that
         * address (RFC 4861 §7.2).
         *
         * @param from the router's port on that network, which asks
         * @param otherwise what is answered to the packet if nobody has the address
         */
        record Resolve(NetworkAddress nextHop, Id<Port> from, Answer otherwise) implements Result {}

        /**
         * Somebody said what MAC address goes with an address (RFC 4861 §7.2.5); whether that is of interest the
         * framework knows.
         *
         * @param from the port that it came by, which may own the address
         * @param mac unicast; empty where it was not said
         * @param flags of an ARP reply: solicited if it was sent to the router alone, and override
         */
        record Advertised(NetworkAddress address, Id<Port> from, Optional<MacAddress> mac, NdFlags flags)
                implements Result {}

        /**
         * Somebody said who listens to multicast groups or asked for it, or a multicast router told of itself (RFC 3810,
         * RFC 4286); what follows from that the framework knows.
         *
         * @param from where the message came from, on whose behalf it may speak
         * @param source of the packet; unspecified for a host without an address
         * @param message a listener's report or done, a querier's query, a multicast router's advertisement or termination
         */
        record Multicast(Id<Network> network, Receiver from, IPv6Address source, Icmpv6 message) implements Result {}

        /** Nothing is sent: it came to be written to the log, in one line. */
        record Log(String line) implements Result {}
    }

    /**
     * A beacon that a port asked for: within {@link Beacon.Timing#solicitedDelay}, but not before {@link
     * Beacon.Timing#gap} is over.
     *
     * @param beacon the name of a beacon of this app
     * @param source whose, as {@link Beacon#source} has it
     */
    record Solicited(String beacon, Id<Port> source) {}
}
