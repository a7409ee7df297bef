package org.flow6.core.openflow.ryu;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The Nicira actions that Ryu's {@code ofctl_nicira_ext.py} can write; others are {@link OvsActionText}'s. Ryu's ranges end one bit too far, and
 * the zone of a ct action looks like a range: that is what scripts written for Ryu parse.
 */
final class NiciraActionText {
    private static final int NAT_RANGE_IPV4_MIN = 1;
    private static final int NAT_RANGE_IPV4_MAX = 2;
    private static final int NAT_RANGE_IPV6_MIN = 4;
    private static final int NAT_RANGE_IPV6_MAX = 8;
    private static final int NAT_RANGE_PROTO_MIN = 16;
    private static final int NAT_RANGE_PROTO_MAX = 32;

    private NiciraActionText() {}

    static String text(ByteBuf action, int depth) {
        int subtype = action.getUnsignedShort(8);
        return switch (subtype) {
            case 6 -> move(action);
            case 7 -> load(action);
            case 34 ->
                "NX_CONJUNCTION: {clause: %d, number_of_clauses: %d, id: %d}"
                        .formatted(action.getUnsignedByte(10), action.getUnsignedByte(11), action.getUnsignedInt(12));
            case 35 -> ct(action, depth);
            case 36 -> nat(action);
            default ->
                OvsActionText.text(subtype, action, depth).orElseGet(() -> "NX_UNKNOWN: {subtype: %d, data: %s}"
                        .formatted(subtype, ActionText.base64(action, 10)));
        };
    }

    private static String move(ByteBuf action) {
        int bits = action.getUnsignedShort(10);
        int from = action.getUnsignedShort(12);
        int to = action.getUnsignedShort(14);
        int sourceHeader = action.getInt(16);
        // The header of an experimenter's field has four octets more.
        int destinationAt = sourceHeader >>> 16 == 0xffff ? 24 : 20;
        return "NX_MOVE: {%s[%d..%d]: %s[%d..%d]}"
                .formatted(
                        OxmField.ofHeader(action, destinationAt).ryuName(),
                        to,
                        to + bits,
                        OxmField.ofHeader(action, 16).ryuName(),
                        from,
                        from + bits);
    }

    private static String load(ByteBuf action) {
        int range = action.getUnsignedShort(10);
        int start = range >>> 6;
        int end = start + (range & 0x3f);
        return "NX_LOAD: {%s[%d..%d]: %x}"
                .formatted(OxmField.ofHeader(action, 12).ryuName(), start, end, action.getLong(16));
    }

    private static String ct(ByteBuf action, int depth) {
        int range = action.getUnsignedShort(16);
        String zone =
                action.getInt(12) == 0 ? "" : OxmField.ofHeader(action, 12).ryuName();
        if (range != 0) {
            zone += "[%d..%d]".formatted(range, range + 16);
        }
        List<String> nested = ActionText.list(action, 24, depth + 1);
        return "NX_CT: {flags: %d, zone: %s, table: %d, alg: %d, actions: %s}"
                .formatted(
                        action.getUnsignedShort(10),
                        zone,
                        action.getUnsignedByte(18),
                        action.getUnsignedShort(22),
                        nested.stream().map("'%s'"::formatted).collect(Collectors.joining(", ", "[", "]")));
    }

    private static String nat(ByteBuf action) {
        int present = action.getUnsignedShort(14);
        ByteBuf ranges = action.slice(16, action.writerIndex() - 16);
        // Operands are evaluated in the order in which the ranges lie in the message.
        return ("NX_NAT: {flags: %d, range_ipv4_min: %s, range_ipv4_max: %s, range_ipv6_min: %s, range_ipv6_max: %s, "
                        + "range_proto_min: %s, range_proto_max: %s}")
                .formatted(
                        action.getUnsignedShort(12),
                        next(ranges, present & NAT_RANGE_IPV4_MIN, OxmFormat.IPV4, 4, ""),
                        next(ranges, present & NAT_RANGE_IPV4_MAX, OxmFormat.IPV4, 4, ""),
                        next(ranges, present & NAT_RANGE_IPV6_MIN, OxmFormat.IPV6, 16, ""),
                        next(ranges, present & NAT_RANGE_IPV6_MAX, OxmFormat.IPV6, 16, ""),
                        next(ranges, present & NAT_RANGE_PROTO_MIN, OxmFormat.DECIMAL, 2, "None"),
                        next(ranges, present & NAT_RANGE_PROTO_MAX, OxmFormat.DECIMAL, 2, "None"));
    }

    private static String next(ByteBuf ranges, int present, OxmFormat format, int length, String absent) {
        if (present == 0) {
            return absent;
        }
        ByteBuf value = ranges.readSlice(length);
        return format.ovsText(value, 0, length);
    }
}
