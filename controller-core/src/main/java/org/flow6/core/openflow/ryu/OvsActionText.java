package org.flow6.core.openflow.ryu;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flow6.core.openflow.OxmCursor;

/** Nicira actions as ovs-ofctl writes them (ovs-actions(7); layouts in OVS's {@code lib/ofp-actions.c}). */
final class OvsActionText {
    private static final int KEEP_IN_PORT = 0xfff8;
    private static final int NO_TABLE = 0xff;
    private static final int REASON_ACTION = 1;
    private static final int WHOLE_PACKET = 0xffff;

    private OvsActionText() {}

    static Optional<String> text(int subtype, ByteBuf action, int depth) {
        return Optional.ofNullable(
                switch (subtype) {
                    case 1 -> "resubmit:" + port(action.getUnsignedShort(10));
                    case 2 -> "set_tunnel:0x%x".formatted(action.getInt(12));
                    case 5 -> "pop_queue";
                    case 8 -> "note:" + dotted(action, 10, action.writerIndex());
                    case 9 -> "set_tunnel64:0x%x".formatted(action.getLong(16));
                    case 14 -> resubmit(action, "");
                    case 15 -> "output:" + range(action, 12, action.getUnsignedShort(10));
                    case 17 -> "exit";
                    case 18 -> "dec_ttl";
                    case 20 -> controller(action);
                    case 27 -> "push:" + stack(action);
                    case 28 -> "pop:" + stack(action);
                    case 32 -> "output:" + range(action, 14, action.getUnsignedShort(10));
                    case 33 -> setField(action);
                    case 37 -> Controller2.decode(action).toString();
                    case 39 ->
                        "output(port=%s,max_len=%d)"
                                .formatted(port(action.getUnsignedShort(10)), action.getUnsignedInt(12));
                    case 42 -> "clone(" + String.join(",", ActionText.list(action, 16, depth + 1)) + ")";
                    case 43 -> "ct_clear";
                    case 44 -> resubmit(action, ",ct");
                    case 49 ->
                        "check_pkt_larger(%d)->%s"
                                .formatted(
                                        action.getUnsignedShort(10),
                                        subfield(OxmField.ofHeader(action, 14), action.getUnsignedShort(12), 1));
                    case 50 -> "delete_field:" + OxmField.ofHeader(action, 10).ovsName();
                    default -> null;
                });
    }

    private static String resubmit(ByteBuf action, String suffix) {
        int inPort = action.getUnsignedShort(10);
        int table = action.getUnsignedByte(12);
        if (inPort != KEEP_IN_PORT && table == NO_TABLE) {
            return "resubmit:" + port(inPort);
        }
        return "resubmit(%s,%s%s)"
                .formatted(inPort == KEEP_IN_PORT ? "" : port(inPort), table == NO_TABLE ? "" : table, suffix);
    }

    /** A port of 16 bits, in which those with names count from 0xff00 up. */
    private static String port(int number) {
        return RyuNames.PORT.text(number >= 0xff00 ? 0xffff0000L | number : number);
    }

    private static String controller(ByteBuf action) {
        return new Controller2(
                        action.getUnsignedByte(14),
                        action.getUnsignedShort(10),
                        action.getUnsignedShort(12),
                        "",
                        false,
                        "")
                .toString();
    }

    private static String stack(ByteBuf action) {
        return subfield(OxmField.ofHeader(action, 12), action.getUnsignedShort(10), action.getUnsignedShort(16));
    }

    private static String setField(ByteBuf action) {
        OxmCursor field = new OxmCursor(action.slice(10, action.writerIndex() - 10));
        if (!field.next()) {
            return "set_field:0x" + ByteBufUtil.hexDump(action, 10, action.writerIndex() - 10);
        }
        OxmField known = OxmField.of(field.key());
        String value = known.ovsText(field.bytes(), field.valueAt(), field.valueLength());
        if (field.masked()) {
            value += "/" + known.ovsText(field.bytes(), field.maskAt(), field.valueLength());
        }
        return "set_field:%s->%s".formatted(value, known.ovsName());
    }

    /** A field with the range that is written as start (10 bits) and number of bits less one (6 bits). */
    private static String range(ByteBuf action, int headerAt, int range) {
        return subfield(OxmField.ofHeader(action, headerAt), range >>> 6, (range & 0x3f) + 1);
    }

    private static String subfield(OxmField field, int start, int bits) {
        if (start == 0 && bits == field.width() * 8) {
            return field.ovsName() + "[]";
        }
        return bits == 1
                ? "%s[%d]".formatted(field.ovsName(), start)
                : "%s[%d..%d]".formatted(field.ovsName(), start, start + bits - 1);
    }

    private static String dotted(ByteBuf bytes, int from, int to) {
        List<String> octets = new ArrayList<>();
        for (int at = from; at < to; at++) {
            octets.add("%02x".formatted(bytes.getUnsignedByte(at)));
        }
        return String.join(".", octets);
    }

    /** What {@code controller(…)} may say, in its old form and in the one with properties. */
    private record Controller2(int reason, int maxLength, int id, String userdata, boolean pause, String meter) {
        private static final String[] REASONS = {
            "no_match", "action", "invalid_ttl", "action_set", "group", "packet_out"
        };

        static Controller2 decode(ByteBuf action) {
            Controller2 read = new Controller2(REASON_ACTION, WHOLE_PACKET, 0, "", false, "");
            int at = 16;
            while (action.writerIndex() - at >= 4) {
                int length = action.getUnsignedShort(at + 2);
                if (length < 4) {
                    break;
                }
                read = read.with(action, action.getUnsignedShort(at), at + 4, at + length);
                at += (length + 7) & ~7;
            }
            return read;
        }

        private Controller2 with(ByteBuf action, int property, int from, int to) {
            return switch (property) {
                case 0 -> new Controller2(reason, action.getUnsignedShort(from), id, userdata, pause, meter);
                case 1 -> new Controller2(reason, maxLength, action.getUnsignedShort(from), userdata, pause, meter);
                case 2 -> new Controller2(action.getUnsignedByte(from), maxLength, id, userdata, pause, meter);
                case 3 -> new Controller2(reason, maxLength, id, dotted(action, from, to), pause, meter);
                case 4 -> new Controller2(reason, maxLength, id, userdata, true, meter);
                case 5 ->
                    new Controller2(
                            reason, maxLength, id, userdata, pause, String.valueOf(action.getUnsignedInt(from)));
                default -> this;
            };
        }

        @Override
        public String toString() {
            if (reason == REASON_ACTION && id == 0 && userdata.isEmpty() && !pause && meter.isEmpty()) {
                return "CONTROLLER:" + maxLength;
            }
            List<String> parts = new ArrayList<>();
            if (reason != REASON_ACTION) {
                parts.add("reason=" + (reason < REASONS.length ? REASONS[reason] : String.valueOf(reason)));
            }
            if (maxLength != WHOLE_PACKET) {
                parts.add("max_len=" + maxLength);
            }
            if (id != 0) {
                parts.add("id=" + id);
            }
            if (!userdata.isEmpty()) {
                parts.add("userdata=" + userdata);
            }
            if (pause) {
                parts.add("pause");
            }
            if (!meter.isEmpty()) {
                parts.add("meter_id=" + meter);
            }
            return "controller(" + String.join(",", parts) + ")";
        }
    }
}
