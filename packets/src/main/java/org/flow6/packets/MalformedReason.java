package org.flow6.packets;

/** Why a packet is discarded. One constant per rule of an RFC, so that drops can be counted by reason. */
public enum MalformedReason {
    /** Shorter than its Ethernet header and tags (IEEE 802.3 §3.1.1, 802.1Q §9.3). */
    ETHERNET_TRUNCATED,
    /** An EtherType other than 0x86dd where an IPv6 packet is expected (RFC 2464 §3). */
    NOT_IPV6,

    /** An EtherType other than 0x0806 where an ARP packet is expected (RFC 826). */
    NOT_ARP,
    /** Shorter than the 28 octets of an ARP packet for IPv4 over Ethernet (RFC 826). */
    ARP_TRUNCATED,
    /** ARP for other addresses than IPv4 over Ethernet (RFC 826). */
    ARP_TYPES,

    /** Shorter than the IPv6 header, or than its Payload Length says (RFC 8200 §3); a jumbogram also (RFC 2675). */
    IPV6_TRUNCATED,
    /** The Version field is not 6 (RFC 8200 §3). */
    IPV6_VERSION,
    /** An extension header that ends after the packet does (RFC 8200 §4). */
    EXTENSION_HEADER_TRUNCATED,
    /** A Hop-by-Hop Options header that is not the first one (RFC 8200 §4.1). */
    HOP_BY_HOP_NOT_FIRST,

    /** The upper layer is not ICMPv6, next header 58 (RFC 4443 §1). */
    NOT_ICMPV6,
    /** A part of a packet only: the message and its checksum are not there whole (RFC 8200 §4.5). */
    ICMPV6_FRAGMENT,
    /** Shorter than the four octets that every ICMPv6 message has, or its type's fixed part (RFC 4443 §2.1, §3, §4). */
    ICMPV6_TRUNCATED,
    /** An echo message of another code than 0 (RFC 4443 §4). */
    ICMPV6_CODE,
    /** The ICMPv6 checksum does not hold (RFC 4443 §2.3; RFC 4861 §6.1, §7.1, §8.1). */
    ICMPV6_CHECKSUM,
    /** An ICMPv6 message of another type than the expected one (RFC 4861 §4). */
    ICMPV6_TYPE,

    /** Neighbor Discovery in a packet with a Fragment header, an atomic fragment included (RFC 6980 §5). */
    ND_FRAGMENTED,
    /** Hop limit other than 255: a router may have forwarded it (RFC 4861 §6.1, §7.1, §8.1; RFC 3122 §4.3). */
    ND_HOP_LIMIT,
    /** From a multicast address, which no packet comes from (RFC 4291 §2.7). */
    ND_SOURCE_MULTICAST,
    /** A router's message, from another address than a link-local one (RFC 4861 §6.1.2, §8.1). */
    ND_SOURCE_NOT_LINK_LOCAL,
    /** ICMP code other than 0 (RFC 4861 §6.1, §7.1, §8.1; RFC 3122 §4.3). */
    ND_CODE,
    /** ICMP length below the message's fixed part (RFC 4861 §6.1, §7.1, §8.1; RFC 3122 §4.3). */
    ND_TRUNCATED,
    /** The target is a multicast address (RFC 4861 §7.1.1, §7.1.2). */
    ND_TARGET_MULTICAST,
    /** An option of length 0 (RFC 4861 §4.6). */
    ND_OPTION_LENGTH_ZERO,
    /** An option that ends after the message does (RFC 4861 §4.6). */
    ND_OPTION_TRUNCATED,
    /** A link-layer address option that does not hold 48 bits, length 1 (RFC 2464 §6). */
    ND_LINK_LAYER_ADDRESS_LENGTH,

    /** A duplicate check (source ::) to something else than a solicited-node address (RFC 4861 §7.1.1). */
    DAD_DESTINATION,
    /** A duplicate check (source ::) with a source link-layer address (RFC 4861 §7.1.1). */
    DAD_SOURCE_LINK_LAYER_ADDRESS,
    /** A solicited advertisement, to a multicast address (RFC 4861 §7.1.2). */
    NA_SOLICITED_MULTICAST,
    /** A router solicitation from :: with a source link-layer address (RFC 4861 §6.1.1). */
    RS_SOURCE_LINK_LAYER_ADDRESS,
    /** A redirect for a multicast address (RFC 4861 §8.1). */
    REDIRECT_DESTINATION_MULTICAST,
    /** A redirect to neither a link-local address nor the destination itself (RFC 4861 §8.1). */
    REDIRECT_TARGET,
    /** Inverse Neighbor Discovery without an option that it must have (RFC 3122 §4.3). */
    INVERSE_ND_OPTION_MISSING,

    /** Multicast Listener Discovery of another hop limit than 1: a router may have forwarded it (RFC 3810 §6.2, §7.4). */
    MLD_HOP_LIMIT,
    /** Multicast Listener Discovery that is from no link-local address (RFC 3810 §5.1.14, §5.2.13; RFC 3590 §4). */
    MLD_SOURCE,
    /** Multicast Listener Discovery without its Router Alert option (RFC 3810 §6.2, §7.4). */
    MLD_ROUTER_ALERT,
    /** A query of neither version's length (RFC 3810 §8.1), or any message that ends before its addresses do. */
    MLD_LENGTH,
    /** Multicast router discovery of another hop limit than 1, without Router Alert or from no link-local address. */
    MRD_HEADER,
    /** A multicast router's advertisement that is too short (RFC 4286 §3.2). */
    MRD_LENGTH,

    /** A fragment with others to follow and a length that is no multiple of 8, or any without data (RFC 8200 §4.5). */
    FRAGMENT_LENGTH,
    /** A fragment by which the packet would be longer than 65535 octets (RFC 8200 §4.5, RFC 791 §3.1). */
    FRAGMENT_BEYOND_PACKET,
    /** A fragment that overlaps another, or goes beyond the last: the whole packet is discarded (RFC 5722 §4). */
    FRAGMENT_OVERLAP,
    /** A fragment of a fragment, which no sender makes (RFC 8200 §4.1: one header of each kind). */
    FRAGMENT_NESTED,

    /** A domain name that ends before its root label, or in the middle of a label (RFC 1035 §3.1). */
    DOMAIN_NAME_TRUNCATED,
    /** A label of more than 63 octets, or a pointer in its place, which only DNS itself has (RFC 1035 §4.1.4). */
    DOMAIN_NAME_COMPRESSED,
    /** A domain name of more than 255 octets (RFC 1035 §3.1). */
    DOMAIN_NAME_LENGTH,
    /** The root's label without any before it, where a name is expected (RFC 1035 §3.1). */
    DOMAIN_NAME_EMPTY,

    /** The upper layer is not UDP, next header 17 (RFC 768). */
    NOT_UDP,
    /** A part of a packet only: the datagram and its checksum are not there whole (RFC 8200 §4.5). */
    UDP_FRAGMENT,
    /** Shorter than the eight octets of a UDP header (RFC 768). */
    UDP_TRUNCATED,
    /** A UDP Length below 8, or beyond the packet (RFC 768; a jumbogram's zero also, RFC 2675 §4). */
    UDP_LENGTH,
    /** A UDP checksum of zero, which IPv6 does not allow (RFC 8200 §8.1). */
    UDP_CHECKSUM_ABSENT,
    /** The UDP checksum does not hold (RFC 768, RFC 8200 §8.1). */
    UDP_CHECKSUM,

    /** An EtherType other than 0x0800 where an IPv4 packet is expected (RFC 894). */
    NOT_IPV4,
    /** Shorter than the IPv4 header, or than its Total Length says (RFC 791 §3.1). */
    IPV4_TRUNCATED,
    /** The Version field is not 4 (RFC 1812 §5.2.2). */
    IPV4_VERSION,
    /** A header length below 20 octets, or beyond the total length (RFC 1812 §5.2.2). */
    IPV4_HEADER_LENGTH,
    /** The checksum of the IPv4 header does not hold (RFC 1812 §5.2.2). */
    IPV4_CHECKSUM,
    /** The upper layer is not ICMP, protocol 1 (RFC 792). */
    NOT_ICMPV4,
    /** A part of a packet only: the message and its checksum are not there whole (RFC 791 §3.2). */
    ICMPV4_FRAGMENT,
    /** Shorter than the eight octets that every ICMP message has (RFC 792). */
    ICMPV4_TRUNCATED,
    /** The ICMP checksum does not hold (RFC 792). */
    ICMPV4_CHECKSUM,

    /** The upper layer is not TCP, protocol 6 (RFC 9293). */
    NOT_TCP,
    /** A part of a packet only: the segment and its checksum are not there whole (RFC 8200 §4.5, RFC 791 §3.2). */
    TCP_FRAGMENT,
    /** Shorter than the twenty octets of a TCP header, or than its Data Offset says (RFC 9293 §3.1). */
    TCP_TRUNCATED,
    /** A Data Offset below five (RFC 9293 §3.1). */
    TCP_DATA_OFFSET,
    /** The TCP checksum does not hold (RFC 9293 §3.1). */
    TCP_CHECKSUM,

    /** Shorter than the fixed part of a DHCPv6 message, 4 octets or a relay agent's 34 (RFC 8415 §8, §9). */
    DHCPV6_TRUNCATED,
    /** A DHCPv6 message type that is not in RFC 8415 §7.3. */
    DHCPV6_MESSAGE_TYPE,
    /** A hop count above HOP_COUNT_LIMIT, 8, which no relay agent sends (RFC 8415 §7.6, §19.1.2). */
    DHCPV6_HOP_COUNT,
    /** More messages within each other than HOP_COUNT_LIMIT lets relay agents make (RFC 8415 §7.6, §19.1.2). */
    DHCPV6_RELAY_NESTING,
    /** An option or suboption that ends after what it is in does (RFC 8415 §21.1, §21.17; RFC 5908 §4). */
    DHCPV6_OPTION_TRUNCATED,
    /** An option whose length is not one that its fields can have (RFC 8415 §21, and the option's own RFC). */
    DHCPV6_OPTION_LENGTH,
    /** Options deeper than those of an address or prefix in an identity association (RFC 8415 §21.4 to §21.22). */
    DHCPV6_OPTION_NESTING,
    /** A DUID whose identifier is not of 1 to 128 octets (RFC 8415 §11.1). */
    DHCPV6_DUID_LENGTH,
    /** A prefix of more than 128 bits (RFC 8415 §21.22, RFC 6603 §4.2). */
    DHCPV6_PREFIX_LENGTH,
    /** Data preceded by a length that goes beyond the option (RFC 8415 §21.15, §21.16; RFC 5970 §3.2). */
    DHCPV6_ITEM_TRUNCATED,
    /** Text that is not UTF-8 (RFC 8415 §21.13; RFC 5970 §3.1, §3.2; RFC 8910 §2.2). */
    DHCPV6_TEXT,
    /** A client's name with an empty label within, or one that is too long or ends too soon (RFC 4704 §4.2). */
    DHCPV6_CLIENT_FQDN
}
