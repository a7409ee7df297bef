package org.flow6.core.openflow.ryu;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.flow6.core.openflow.OxmCursor;

/** Actions as Ryu's {@code action_to_str} writes them (OpenFlow 1.3.5 §7.2.5). */
final class ActionText {
    static final int NICIRA = 0x00002320;
    /** Deeper nests are shown as hex; OVS's own limit is 64 recursions of a packet. */
    private static final int DEEPEST = 16;

    private ActionText() {}

    /** The actions from the given place to the end of the buffer. */
    static List<String> list(ByteBuf actions, int from) {
        return list(actions, from, 0);
    }

    static List<String> list(ByteBuf actions, int from, int depth) {
        List<String> texts = new ArrayList<>();
        int end = actions.writerIndex();
        int at = from;
        while (at < end) {
            int length = end - at < 8 ? 0 : actions.getUnsignedShort(at + 2);
            if (length < 8 || length > end - at || depth > DEEPEST) {
                texts.add("MALFORMED: 0x" + ByteBufUtil.hexDump(actions, at, end - at));
                break;
            }
            texts.add(text(actions.slice(at, length), depth));
            at += length;
        }
        return texts;
    }

    private static String text(ByteBuf action, int depth) {
        try {
            return known(action, depth);
        } catch (IndexOutOfBoundsException e) {
            // Each kind of action reads the places it knows; one that is too short for its kind ends here.
            return "MALFORMED: 0x" + ByteBufUtil.hexDump(action);
        }
    }

    private static String known(ByteBuf action, int depth) {
        return switch (action.getUnsignedShort(0)) {
            case 0 -> "OUTPUT:" + RyuNames.PORT.text(action.getUnsignedInt(4));
            case 11 -> "COPY_TTL_OUT";
            case 12 -> "COPY_TTL_IN";
            case 15 -> "SET_MPLS_TTL:" + action.getUnsignedByte(4);
            case 16 -> "DEC_MPLS_TTL";
            case 17 -> "PUSH_VLAN:" + action.getUnsignedShort(4);
            case 18 -> "POP_VLAN";
            case 19 -> "PUSH_MPLS:" + action.getUnsignedShort(4);
            case 20 -> "POP_MPLS:" + action.getUnsignedShort(4);
            case 21 -> "SET_QUEUE:" + RyuNames.QUEUE.text(action.getUnsignedInt(4));
            case 22 -> "GROUP:" + RyuNames.GROUP.text(action.getUnsignedInt(4));
            case 23 -> "SET_NW_TTL:" + action.getUnsignedByte(4);
            case 24 -> "DEC_NW_TTL";
            case 25 -> setField(action);
            case 26 -> "PUSH_PBB:" + action.getUnsignedShort(4);
            case 27 -> "POP_PBB";
            case 0xffff -> experimenter(action, depth);
            default -> "UNKNOWN: 0x" + ByteBufUtil.hexDump(action);
        };
    }

    private static String setField(ByteBuf action) {
        OxmCursor field = new OxmCursor(action.slice(4, action.writerIndex() - 4));
        if (!field.next()) {
            return "MALFORMED: 0x" + ByteBufUtil.hexDump(action);
        }
        OxmField known = OxmField.of(field.key());
        OxmFormat format = known.formatFor(field.valueLength());
        String value =
                format.ryu(field.bytes(), field.valueAt(), field.valueLength()).asText();
        if (field.masked()) {
            value += "/"
                    + format.ryu(field.bytes(), field.maskAt(), field.valueLength())
                            .asText();
        }
        return "SET_FIELD: {%s:%s}".formatted(known.ryuName(), value);
    }

    private static String experimenter(ByteBuf action, int depth) {
        int experimenter = action.getInt(4);
        if (experimenter == NICIRA) {
            return NiciraActionText.text(action, depth);
        }
        return "EXPERIMENTER: {experimenter:%d, data:%s}"
                .formatted(Integer.toUnsignedLong(experimenter), base64(action, 8));
    }

    static String base64(ByteBuf action, int from) {
        return Base64.getEncoder().encodeToString(ByteBufUtil.getBytes(action, from, action.writerIndex() - from));
    }
}
