package org.flow6.packets;

import java.util.ArrayList;
import java.util.List;
import org.flow6.packets.ExtensionHeader.Fragment;
import org.flow6.packets.ExtensionHeader.HopByHop;
import org.flow6.packets.ExtensionHeader.Routing;

/** Packets cut to the size of a link, as their sender may (RFC 8200 §4.5). */
public final class Fragments {
    private static final int UNIT = 8;

    private Fragments() {}

    /**
     * The packet itself where it fits, or its fragments in order. All headers are in the first one (RFC 7112 §5).
     *
     * @param mtu octets that a packet may have, at least 1280
     * @param identification 0 to 2³²−1, of no other packet between the same addresses lately
     * @throws IllegalArgumentException for a smaller MTU, a packet with a Fragment header, or headers that leave the
     *     first fragment no room
     */
    public static List<Ipv6> of(Ipv6 packet, int mtu, long identification) {
        if (mtu < Ipv6.MIN_MTU) {
            throw new IllegalArgumentException("MTU " + mtu + " (at least 1280)");
        }
        if (packet.length() <= mtu) {
            return List.of(packet);
        }
        if (packet.fragment().isPresent()) {
            throw new IllegalArgumentException("a fragment, to be fragmented: " + packet.fragment());
        }
        List<ExtensionHeader> all = packet.extensions();
        List<ExtensionHeader> each = all.subList(0, perFragment(all));
        List<ExtensionHeader> first = all.subList(each.size(), all.size());
        int room = (mtu - Ipv6.HEADER_LENGTH - length(each) - UNIT) / UNIT * UNIT;
        int at = room - length(first);
        if (at < UNIT) {
            throw new IllegalArgumentException("no room for data in the first fragment, after " + all);
        }
        List<Ipv6> fragments = new ArrayList<>();
        List<ExtensionHeader> headers = headers(each, new Fragment(0, true, identification));
        headers.addAll(first);
        Bytes payload = packet.payload();
        fragments.add(part(packet, headers, packet.nextHeader(), payload.slice(0, at)));
        NextHeader announced =
                first.isEmpty() ? packet.nextHeader() : first.get(0).protocol();
        while (at < payload.length()) {
            int end = Math.min(at + room, payload.length());
            Fragment fragment = new Fragment((length(first) + at) / UNIT, end < payload.length(), identification);
            fragments.add(part(packet, headers(each, fragment), announced, payload.slice(at, end)));
            at = end;
        }
        return fragments;
    }

    /** How many headers nodes on the way read: up to the Routing header, or else the Hop-by-Hop Options. */
    private static int perFragment(List<ExtensionHeader> headers) {
        for (int i = headers.size(); i > 0; i--) {
            if (headers.get(i - 1) instanceof Routing) {
                return i;
            }
        }
        return !headers.isEmpty() && headers.get(0) instanceof HopByHop ? 1 : 0;
    }

    private static List<ExtensionHeader> headers(List<ExtensionHeader> each, Fragment fragment) {
        List<ExtensionHeader> headers = new ArrayList<>(each);
        headers.add(fragment);
        return headers;
    }

    private static Ipv6 part(Ipv6 packet, List<ExtensionHeader> headers, NextHeader nextHeader, Bytes payload) {
        return new Ipv6(
                packet.trafficClass(),
                packet.flowLabel(),
                nextHeader,
                packet.hopLimit(),
                packet.source(),
                packet.destination(),
                headers,
                payload);
    }

    private static int length(List<ExtensionHeader> headers) {
        int length = 0;
        for (ExtensionHeader header : headers) {
            length += header.length();
        }
        return length;
    }
}
