package org.flow6.packets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.projectfloodlight.openflow.types.IPv4Address;

/** IPv4 packets as ipv4.py names their fields, and random ones of them for it to read. */
final class Ipv4Json {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final int COUNT = 500;

    private Ipv4Json() {}

    /** Writes packets and their fields to the file named. */
    public static void main(String[] arguments) throws IOException {
        JSON.writeValue(Path.of(arguments[0]).toFile(), make());
    }

    static ArrayNode make() {
        RandomIpv4 packets = new RandomIpv4(new SplittableRandom(4));
        ArrayNode vectors = JSON.createArrayNode();
        for (int i = 0; i < COUNT; i++) {
            Ipv4Datagram datagram = packets.next();
            vectors.addObject()
                    .put("name", "random-" + i)
                    .put("packet", datagram.packet().encode().toString())
                    .set("fields", write(datagram));
        }
        return vectors;
    }

    static Ipv4Datagram read(JsonNode fields) {
        int protocol = fields.get("protocol").asInt();
        Ipv4 packet = new Ipv4(
                fields.get("typeOfService").asInt(),
                fields.get("identification").asInt(),
                fields.get("dontFragment").asBoolean(),
                false,
                0,
                fields.get("ttl").asInt(),
                NextHeader.of(protocol),
                IPv4Address.of(fields.get("source").asText()),
                IPv4Address.of(fields.get("destination").asText()),
                Bytes.ofHex(fields.get("options").asText()),
                Bytes.EMPTY);
        return Ipv4Datagram.of(packet, upper(protocol, fields.get("upper")));
    }

    private static UpperLayer upper(int protocol, JsonNode fields) {
        if (protocol == NextHeader.UDP.value()) {
            return new Udp(
                    fields.get("sourcePort").asInt(),
                    fields.get("destinationPort").asInt(),
                    Bytes.ofHex(fields.get("payload").asText()));
        }
        if (protocol == NextHeader.TCP.value()) {
            return new Tcp(
                    fields.get("sourcePort").asInt(),
                    fields.get("destinationPort").asInt(),
                    fields.get("sequence").asLong(),
                    fields.get("acknowledgment").asLong(),
                    fields.get("flags").asInt(),
                    fields.get("window").asInt(),
                    fields.get("urgent").asInt(),
                    Bytes.ofHex(fields.get("options").asText()),
                    Bytes.ofHex(fields.get("payload").asText()));
        }
        int type = fields.get("type").asInt();
        int code = fields.get("code").asInt();
        long detail = fields.get("detail").asLong();
        Bytes body = Bytes.ofHex(fields.get("body").asText());
        return Icmpv4Error.Kind.of(type)
                .<Icmpv4>map(kind -> new Icmpv4Error(kind, code, detail, body))
                .orElseGet(() -> new Icmpv4.Other(type, code, detail, body));
    }

    private static ObjectNode write(Ipv4Datagram datagram) {
        Ipv4 packet = datagram.packet();
        ObjectNode fields = JSON.createObjectNode()
                .put("typeOfService", packet.typeOfService())
                .put("identification", packet.identification())
                .put("dontFragment", packet.dontFragment())
                .put("ttl", packet.ttl())
                .put("protocol", packet.protocol().value())
                .put("source", packet.source().toString())
                .put("destination", packet.destination().toString())
                .put("options", packet.options().toString());
        ObjectNode upper = fields.putObject("upper");
        if (datagram.upper() instanceof Udp udp) {
            upper.put("sourcePort", udp.sourcePort())
                    .put("destinationPort", udp.destinationPort())
                    .put("payload", udp.payload().toString());
        } else if (datagram.upper() instanceof Tcp tcp) {
            upper.put("sourcePort", tcp.sourcePort())
                    .put("destinationPort", tcp.destinationPort())
                    .put("sequence", tcp.sequence())
                    .put("acknowledgment", tcp.acknowledgment())
                    .put("flags", tcp.flags())
                    .put("window", tcp.window())
                    .put("urgent", tcp.urgent())
                    .put("options", tcp.options().toString())
                    .put("payload", tcp.payload().toString());
        } else if (datagram.upper() instanceof Icmpv4 icmp) {
            upper.put("type", icmp.type())
                    .put("code", icmp.code())
                    .put("detail", icmp.detail())
                    .put("body", icmp.body().toString());
        }
        return fields;
    }
}
