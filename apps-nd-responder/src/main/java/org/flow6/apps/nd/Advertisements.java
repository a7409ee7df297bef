package org.flow6.apps.nd;

import java.util.ArrayList;
import java.util.List;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Ipv6;
import org.flow6.packets.LinkLocalMulticast;
import org.flow6.packets.MulticastMac;
import org.flow6.packets.NdOption;
import org.flow6.packets.NdOption.SourceLinkLayerAddress;
import org.flow6.packets.ReadyMessage;
import org.flow6.packets.RouterAdvertisement;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** Router Advertisements as frames. */
final class Advertisements {
    private static final int HOP_LIMIT = 255;

    private Advertisements() {}

    static List<Ethernet> toAllNodes(Advertiser from, RouterAdvertisement header, List<NdOption> options) {
        IPv6Address allNodes = LinkLocalMulticast.ALL_NODES;
        return frames(from, header, options, allNodes, MulticastMac.of(allNodes));
    }

    /** One, or as many as the network's MTU makes of it, each with a part of the options (RFC 4861 §6.2.3). */
    static List<Ethernet> frames(
            Advertiser from, RouterAdvertisement header, List<NdOption> options, IPv6Address to, MacAddress mac) {
        return frames(from, messages(from, header, options), to, mac);
    }

    /** Frames of messages of a router's. */
    static List<Ethernet> frames(Advertiser from, List<ReadyMessage> messages, IPv6Address to, MacAddress mac) {
        List<Ethernet> frames = new ArrayList<>(messages.size());
        for (ReadyMessage message : messages) {
            frames.add(Ethernet.of(mac, from.mac(), Ipv6.of(HOP_LIMIT, from.source(), to, message)));
        }
        return frames;
    }

    /** One, or as many as the network's MTU makes of it, to be sent to whomever. */
    static List<ReadyMessage> messages(Advertiser from, RouterAdvertisement header, List<NdOption> options) {
        List<ReadyMessage> messages = new ArrayList<>();
        for (List<NdOption> part : parts(options, from)) {
            messages.add(ReadyMessage.of(new RouterAdvertisement(
                    header.hopLimit(),
                    header.flags(),
                    header.lifetime(),
                    header.reachableTime(),
                    header.retransTimer(),
                    part)));
        }
        return messages;
    }

    private static List<List<NdOption>> parts(List<NdOption> options, Advertiser from) {
        NdOption linkLayerAddress = new SourceLinkLayerAddress(from.mac());
        int room = from.mtu() - Ipv6.HEADER_LENGTH - from.header().fixedLength();
        List<List<NdOption>> parts = new ArrayList<>();
        List<NdOption> part = new ArrayList<>(List.of(linkLayerAddress));
        int octets = linkLayerAddress.length();
        for (NdOption option : options) {
            if (octets + option.length() > room && part.size() > 1) {
                parts.add(part);
                part = new ArrayList<>(List.of(linkLayerAddress));
                octets = linkLayerAddress.length();
            }
            part.add(option);
            octets += option.length();
        }
        parts.add(part);
        return parts;
    }
}
