package org.flow6.packets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.flow6.packets.ExtensionHeader.DestinationOptions;
import org.flow6.packets.ExtensionHeader.Fragment;
import org.flow6.packets.ExtensionHeader.HopByHop;
import org.flow6.packets.ExtensionHeader.Routing;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.IPv6FlowLabel;
import org.projectfloodlight.openflow.types.MacAddress;

/** A frame's fields as vectors.py names them. */
final class FrameJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FrameJson() {}

    static Frame read(JsonNode fields) {
        List<VlanTag> tags = new ArrayList<>();
        for (JsonNode tag : fields.get("tags")) {
            tags.add(new VlanTag(
                    EthType.of(tag.get("protocol").asInt()),
                    tag.get("priority").asInt(),
                    tag.get("dropEligible").asBoolean(),
                    tag.get("id").asInt()));
        }
        JsonNode ip = fields.get("ipv6");
        List<ExtensionHeader> extensions = new ArrayList<>();
        for (JsonNode extension : ip.get("extensions")) {
            extensions.add(extension(
                    extension.get("protocol").asInt(),
                    Bytes.ofHex(extension.get("body").asText())));
        }
        Ipv6 packet = new Ipv6(
                ip.get("trafficClass").asInt(),
                IPv6FlowLabel.of(ip.get("flowLabel").asInt()),
                NextHeader.ICMPV6,
                ip.get("hopLimit").asInt(),
                IPv6Address.of(ip.get("source").asText()),
                IPv6Address.of(ip.get("destination").asText()),
                extensions,
                Bytes.EMPTY);
        Ethernet ethernet = new Ethernet(
                MacAddress.of(fields.get("destination").asText()),
                MacAddress.of(fields.get("source").asText()),
                tags,
                EthType.IPv6,
                Bytes.EMPTY);
        return Frame.of(ethernet, packet, Icmpv6Json.read(fields.get("icmpv6")));
    }

    private static ExtensionHeader extension(int protocol, Bytes body) {
        return switch (protocol) {
            case 0 -> new HopByHop(body);
            case 43 -> new Routing(body.unsignedByte(0), body.unsignedByte(1), body.slice(2));
            case 44 -> new Fragment(body.unsignedShort(0) >>> 3, (body.unsignedShort(0) & 1) != 0, body.unsignedInt(2));
            case 60 -> new DestinationOptions(body);
            default -> throw new IllegalArgumentException("no extension header: " + protocol);
        };
    }

    static ObjectNode write(Frame frame) {
        ObjectNode fields = JSON.createObjectNode();
        fields.put("destination", frame.ethernet().destination().toString());
        fields.put("source", frame.ethernet().source().toString());
        ArrayNode tags = fields.putArray("tags");
        for (VlanTag tag : frame.ethernet().tags()) {
            tags.addObject()
                    .put("protocol", tag.protocol().getValue())
                    .put("priority", tag.priority())
                    .put("dropEligible", tag.dropEligible())
                    .put("id", tag.id());
        }
        Ipv6 packet = frame.packet();
        ObjectNode ip = fields.putObject("ipv6");
        ip.put("trafficClass", packet.trafficClass());
        ip.put("flowLabel", packet.flowLabel().getIPv6FlowLabelValue());
        ip.put("hopLimit", packet.hopLimit());
        ip.put("source", packet.source().toString());
        ip.put("destination", packet.destination().toString());
        ArrayNode extensions = ip.putArray("extensions");
        for (ExtensionHeader extension : packet.extensions()) {
            extensions
                    .addObject()
                    .put("protocol", extension.protocol().value())
                    .put("body", body(extension).toString());
        }
        fields.set("icmpv6", Icmpv6Json.write(frame.message()));
        return fields;
    }

    private static Bytes body(ExtensionHeader extension) {
        ByteBuf out = Unpooled.buffer(extension.length());
        extension.encode(out, NextHeader.NONE);
        return Bytes.copyOf(out).slice(2);
    }
}
