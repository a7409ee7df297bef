package org.flow6.core.multicast;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flow6.network.NetworkKey;
import org.flow6.network.Snooper;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Icmpv6;
import org.flow6.packets.LinkLocalMulticast;
import org.flow6.packets.Mldv2Query;
import org.flow6.packets.Mldv2Report;
import org.flow6.packets.Mldv2Report.GroupRecord;
import org.flow6.packets.MulticastMac;
import org.flow6.packets.MulticastRouterDiscovery;
import org.flow6.packets.RouterAlert;
import org.projectfloodlight.openflow.types.IPv6Address;

/** What Flow6 itself sends about multicast on a network. */
public final class Messages {
    /** Octets of records in one report: it fits into every tunnel's packet (RFC 8200 §5), the headers around it included. */
    private static final int MOST_IN_REPORT = 1100;

    private static final int RECORD = 20;
    private static final int MOST_RESPONSE_MILLIS = 0x7fff;

    private Messages() {}

    /** Who listens to anything (RFC 3810 §5.1.6)? Answers come within a time, in nanoseconds. */
    public static Ethernet generalQuery(NetworkKey network, Times times, long response) {
        return frame(network, LinkLocalMulticast.ALL_NODES, query(IPv6Address.NONE, List.of(), times, response));
    }

    /** Who listens to a group, or to some sources of it? */
    public static Ethernet specificQuery(
            NetworkKey network, Times times, IPv6Address group, List<IPv6Address> sources) {
        return frame(network, group, query(group, sources, times, Times.LAST_LISTENER_INTERVAL));
    }

    private static Mldv2Query query(IPv6Address group, List<IPv6Address> sources, Times times, long response) {
        long millis = Math.min(MOST_RESPONSE_MILLIS, TimeUnit.NANOSECONDS.toMillis(response));
        int seconds = (int) TimeUnit.NANOSECONDS.toSeconds(times.interval());
        return Mldv2Query.of((int) millis, group, times.robustness(), seconds, sources);
    }

    /** What listeners there are, for other hosts. */
    public static List<Ethernet> reports(NetworkKey network, List<GroupRecord> records) {
        List<Ethernet> frames = new ArrayList<>();
        List<GroupRecord> some = new ArrayList<>();
        int length = 0;
        for (GroupRecord each : records) {
            int own = RECORD + IPv6Address.LENGTH * each.sources().size();
            if (length + own > MOST_IN_REPORT) {
                frames.add(report(network, some));
                some.clear();
                length = 0;
            }
            some.add(each);
            length += own;
        }
        if (!some.isEmpty()) {
            frames.add(report(network, some));
        }
        return frames;
    }

    private static Ethernet report(NetworkKey network, List<GroupRecord> records) {
        return frame(network, LinkLocalMulticast.MLDV2_ROUTERS, new Mldv2Report(records));
    }

    /** Which multicast routers are there (RFC 4286 §4)? */
    public static Ethernet routerSolicitation(NetworkKey network) {
        return frame(network, LinkLocalMulticast.ALL_ROUTERS, new MulticastRouterDiscovery.Solicitation());
    }

    private static Ethernet frame(NetworkKey network, IPv6Address destination, Icmpv6 message) {
        Snooper own = Snooper.on(network);
        return Ethernet.of(
                MulticastMac.of(destination), own.mac(), RouterAlert.packet(own.address(), destination, message));
    }
}
