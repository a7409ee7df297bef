package org.flow6.core.openflow.ryu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Map;
import org.flow6.core.openflow.FlowStats;
import org.flow6.core.openflow.OxmCursor;

/** Flows, matches and instructions as Ryu's JSON has them ({@code ofctl_v1_3.py}). Octets that make no sense are shown as hex. */
public final class FlowText {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Names of OpenFlow 1.0 that Ryu keeps in matches, though not in actions. */
    private static final Map<String, String> MATCH_NAMES = Map.ofEntries(
            Map.entry("eth_src", "dl_src"),
            Map.entry("eth_dst", "dl_dst"),
            Map.entry("eth_type", "dl_type"),
            Map.entry("vlan_vid", "dl_vlan"),
            Map.entry("ipv4_src", "nw_src"),
            Map.entry("ipv4_dst", "nw_dst"),
            Map.entry("ip_proto", "nw_proto"),
            Map.entry("tcp_src", "tp_src"),
            Map.entry("tcp_dst", "tp_dst"),
            Map.entry("udp_src", "tp_src"),
            Map.entry("udp_dst", "tp_dst"));

    private static final int VLAN_PRESENT = 0x1000;

    private static final int GOTO_TABLE = 1;
    private static final int WRITE_METADATA = 2;
    private static final int WRITE_ACTIONS = 3;
    private static final int APPLY_ACTIONS = 4;
    private static final int CLEAR_ACTIONS = 5;
    private static final int METER = 6;

    private FlowText() {}

    /** One element of the list in the answer to {@code /stats/flow/DPID}. */
    public static ObjectNode flow(FlowStats flow) {
        ObjectNode json = JSON.objectNode();
        json.put("priority", flow.priority());
        json.set("cookie", OxmFormat.number(flow.cookie()));
        json.put("idle_timeout", flow.idleTimeout());
        json.put("hard_timeout", flow.hardTimeout());
        json.set("byte_count", OxmFormat.number(flow.bytes()));
        json.put("duration_sec", flow.durationSeconds());
        json.put("duration_nsec", flow.durationNanoseconds());
        json.set("packet_count", OxmFormat.number(flow.packets()));
        json.put("length", flow.length());
        json.put("flags", flow.flags());
        json.set("actions", instructions(flow.instructions()));
        json.set("match", match(flow.match()));
        json.set("table_id", RyuNames.TABLE.json(flow.table()));
        return json;
    }

    /** The fields of a match. */
    public static ObjectNode match(ByteBuf fields) {
        ObjectNode json = JSON.objectNode();
        OxmCursor field = new OxmCursor(fields);
        while (field.next()) {
            OxmField known = OxmField.of(field.key());
            String name = MATCH_NAMES.getOrDefault(known.ryuName(), known.ryuName());
            json.putIfAbsent(name, value(name, known, field));
        }
        if (field.broken()) {
            json.put("malformed", "0x" + ByteBufUtil.hexDump(fields));
        }
        return json;
    }

    private static JsonNode value(String name, OxmField known, OxmCursor field) {
        OxmFormat format = known.formatFor(field.valueLength());
        JsonNode value = format.ryu(field.bytes(), field.valueAt(), field.valueLength());
        if (name.equals("dl_vlan") && field.valueLength() == 2) {
            return TextNode.valueOf(vlan(field));
        }
        if (name.equals("in_port") && field.valueLength() == 4) {
            return RyuNames.PORT.json(value.longValue());
        }
        if (!field.masked()) {
            return value;
        }
        JsonNode mask = format.ryu(field.bytes(), field.maskAt(), field.valueLength());
        return TextNode.valueOf(value.asText() + "/" + mask.asText());
    }

    private static String vlan(OxmCursor field) {
        int value = field.bytes().getUnsignedShort(field.valueAt());
        if (field.masked()) {
            return "0x%04x/0x%04x".formatted(value, field.bytes().getUnsignedShort(field.maskAt()));
        }
        return (value & VLAN_PRESENT) != 0 ? Integer.toString(value & ~VLAN_PRESENT) : "0x%04x".formatted(value);
    }

    /** The instructions of a flow, which Ryu shows as one list. */
    public static ArrayNode instructions(ByteBuf instructions) {
        ArrayNode json = JSON.arrayNode();
        int end = instructions.writerIndex();
        int at = instructions.readerIndex();
        while (at < end) {
            int length = end - at < 8 ? 0 : instructions.getUnsignedShort(at + 2);
            if (length < 8 || length > end - at) {
                json.add("MALFORMED: 0x" + ByteBufUtil.hexDump(instructions, at, end - at));
                break;
            }
            add(json, instructions.slice(at, length));
            at += length;
        }
        return json;
    }

    private static void add(ArrayNode json, ByteBuf instruction) {
        switch (instruction.getUnsignedShort(0)) {
            case GOTO_TABLE -> json.add("GOTO_TABLE:" + RyuNames.TABLE.text(instruction.getUnsignedByte(4)));
            case WRITE_METADATA -> json.add(metadata(instruction));
            case WRITE_ACTIONS -> writeActions(json, instruction);
            case APPLY_ACTIONS -> ActionText.list(instruction, 8).forEach(json::add);
            case CLEAR_ACTIONS -> json.add("CLEAR_ACTIONS");
            case METER -> json.add("METER:" + RyuNames.METER.text(instruction.getUnsignedInt(4)));
            default -> json.add("UNKNOWN: 0x" + ByteBufUtil.hexDump(instruction));
        }
    }

    private static void writeActions(ArrayNode json, ByteBuf instruction) {
        ArrayNode actions = JSON.arrayNode();
        ActionText.list(instruction, 8).forEach(actions::add);
        if (!actions.isEmpty()) {
            json.addObject().set("WRITE_ACTIONS", actions);
        }
    }

    private static String metadata(ByteBuf instruction) {
        if (instruction.writerIndex() < 24) {
            return "WRITE_METADATA: 0x" + ByteBufUtil.hexDump(instruction);
        }
        long mask = instruction.getLong(16);
        String value = "WRITE_METADATA:0x%x".formatted(instruction.getLong(8));
        return mask == 0 ? value : value + "/0x%x".formatted(mask);
    }
}
