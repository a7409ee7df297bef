package org.flow6.core.openflow.ryu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.CompletableFuture;
import org.flow6.core.openflow.FlowFilter;
import org.flow6.core.openflow.MultipartType;
import org.flow6.core.openflow.SwitchDescription;
import org.flow6.core.openflow.SwitchPort;
import org.flow6.core.openflow.SwitchSession;

/**
 * The answers to Ryu's {@code GET /stats/…/DPID}: each asks the switch and gives an object with the datapath id, in decimal, as its one key. The
 * futures complete on the session's event loop and fail as those of {@link SwitchSession} do.
 */
public final class RyuStats {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int ANY = 0xffffffff;
    private static final int METER_STATS = 40;
    private static final int METER_BAND_STATS = 16;
    private static final int PORT_STATS = 112;
    private static final int AGGREGATE = 24;

    private static final String[] PORT_COUNTERS = {
        "rx_packets", "tx_packets", "rx_bytes", "tx_bytes", "rx_dropped", "tx_dropped",
        "rx_errors", "tx_errors", "rx_frame_err", "rx_over_err", "rx_crc_err", "collisions"
    };

    private RyuStats() {}

    /** {@code /stats/desc/DPID}, from what the switch told in the handshake. */
    public static CompletableFuture<JsonNode> desc(SwitchSession session) {
        return CompletableFuture.completedFuture(wrap(session, desc(session.description())));
    }

    /** {@code /stats/flow/DPID}: all flows. */
    public static CompletableFuture<JsonNode> flows(SwitchSession session) {
        ArrayNode flows = JSON.arrayNode();
        return session.dumpFlows(FlowFilter.ALL, flow -> flows.add(FlowText.flow(flow)))
                .thenApply(count -> wrap(session, flows));
    }

    /** {@code /stats/aggregateflow/DPID}. */
    public static CompletableFuture<JsonNode> aggregateFlows(SwitchSession session) {
        return session.aggregateFlows(FlowFilter.ALL).thenApply(body -> wrap(session, aggregate(body)));
    }

    /** {@code /stats/port/DPID}: the counters of all ports. */
    public static CompletableFuture<JsonNode> ports(SwitchSession session) {
        return session.multipart(MultipartType.PORT_STATS, any()).thenApply(body -> wrap(session, ports(body)));
    }

    /** {@code /stats/portdesc/DPID}, as the switch told in the handshake and since. */
    public static CompletableFuture<JsonNode> portDescriptions(SwitchSession session) {
        ArrayNode ports = JSON.arrayNode();
        session.ports().values().stream()
                .sorted((a, b) -> Integer.compareUnsigned(
                        a.number().getPortNumber(), b.number().getPortNumber()))
                .forEach(port -> ports.add(portDescription(port)));
        return CompletableFuture.completedFuture(wrap(session, ports));
    }

    /** {@code /stats/meter/DPID}: the counters of all meters. */
    public static CompletableFuture<JsonNode> meters(SwitchSession session) {
        return session.multipart(MultipartType.METER, any()).thenApply(body -> wrap(session, meters(body)));
    }

    /** All ports, or all meters. */
    private static ByteBuf any() {
        return Unpooled.buffer(8).writeInt(ANY).writeZero(4);
    }

    private static JsonNode wrap(SwitchSession session, JsonNode answer) {
        String datapath = Long.toUnsignedString(session.datapathId().getLong());
        return JSON.objectNode().set(datapath, answer);
    }

    static ObjectNode desc(SwitchDescription description) {
        return JSON.objectNode()
                .put("mfr_desc", description.manufacturer())
                .put("hw_desc", description.hardware())
                .put("sw_desc", description.software())
                .put("serial_num", description.serialNumber())
                .put("dp_desc", description.datapath());
    }

    static ArrayNode aggregate(ByteBuf body) {
        ArrayNode json = JSON.arrayNode();
        if (body.readableBytes() >= AGGREGATE) {
            ObjectNode sum = json.addObject();
            sum.set("packet_count", OxmFormat.number(body.getLong(0)));
            sum.set("byte_count", OxmFormat.number(body.getLong(8)));
            sum.put("flow_count", body.getUnsignedInt(16));
        }
        return json;
    }

    static ArrayNode ports(ByteBuf body) {
        ArrayNode json = JSON.arrayNode();
        for (int at = 0; body.readableBytes() - at >= PORT_STATS; at += PORT_STATS) {
            ObjectNode port = json.addObject();
            for (int i = 0; i < PORT_COUNTERS.length; i++) {
                port.set(PORT_COUNTERS[i], OxmFormat.number(body.getLong(at + 8 + 8 * i)));
            }
            port.put("duration_sec", body.getUnsignedInt(at + 104));
            port.put("duration_nsec", body.getUnsignedInt(at + 108));
            port.set("port_no", RyuNames.PORT.json(body.getUnsignedInt(at)));
        }
        return json;
    }

    static ObjectNode portDescription(SwitchPort port) {
        ObjectNode json = JSON.objectNode()
                .put("hw_addr", port.address().toString())
                .put("name", port.name())
                .put("config", Integer.toUnsignedLong(port.config()))
                .put("state", Integer.toUnsignedLong(port.state()))
                .put("curr", Integer.toUnsignedLong(port.current()))
                .put("advertised", Integer.toUnsignedLong(port.advertised()))
                .put("supported", Integer.toUnsignedLong(port.supported()))
                .put("peer", Integer.toUnsignedLong(port.peer()))
                .put("curr_speed", port.currentSpeed())
                .put("max_speed", port.maxSpeed());
        json.set(
                "port_no",
                RyuNames.PORT.json(Integer.toUnsignedLong(port.number().getPortNumber())));
        return json;
    }

    static ArrayNode meters(ByteBuf body) {
        ArrayNode json = JSON.arrayNode();
        int at = 0;
        while (body.readableBytes() - at >= METER_STATS) {
            int length = body.getUnsignedShort(at + 4);
            if (length < METER_STATS || length > body.readableBytes() - at) {
                break;
            }
            json.add(meter(body.slice(at, length)));
            at += length;
        }
        return json;
    }

    private static ObjectNode meter(ByteBuf stats) {
        ObjectNode json = JSON.objectNode().put("len", stats.writerIndex()).put("flow_count", stats.getUnsignedInt(12));
        json.set("packet_in_count", OxmFormat.number(stats.getLong(16)));
        json.set("byte_in_count", OxmFormat.number(stats.getLong(24)));
        json.put("duration_sec", stats.getUnsignedInt(32));
        json.put("duration_nsec", stats.getUnsignedInt(36));
        ArrayNode bands = json.putArray("band_stats");
        for (int at = METER_STATS; stats.writerIndex() - at >= METER_BAND_STATS; at += METER_BAND_STATS) {
            ObjectNode band = bands.addObject();
            band.set("packet_band_count", OxmFormat.number(stats.getLong(at)));
            band.set("byte_band_count", OxmFormat.number(stats.getLong(at + 8)));
        }
        json.set("meter_id", RyuNames.METER.json(stats.getUnsignedInt(0)));
        return json;
    }
}
