package org.flow6.packets.dhcpv6;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.flow6.packets.Bytes;
import org.flow6.packets.Decoded;
import org.flow6.packets.MalformedReason;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Agreement with scapy and os-ken: what they made is read here; what is made here dhcpv6.py --check lets them read. */
class Dhcpv6VectorsTest {
    @TestFactory
    List<DynamicTest> agreesWithOthers() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (InputStream file = Dhcpv6VectorsTest.class.getResourceAsStream("/vectors/dhcpv6.json")) {
            for (JsonNode vector : Dhcpv6Json.JSON.readTree(file)) {
                Bytes octets = Bytes.ofHex(vector.get("packet").asText());
                if (vector.has("fields")) {
                    String name = vector.get("name").asText() + " of "
                            + vector.get("by").asText();
                    Datagram datagram = Dhcpv6Json.read(vector.get("fields"));
                    tests.add(DynamicTest.dynamicTest("decodes " + name, () -> assertThat(Datagram.decode(octets))
                            .isEqualTo(Decoded.ok(datagram))));
                    tests.add(DynamicTest.dynamicTest("encodes " + name, () -> assertThat(datagram.encode())
                            .isEqualTo(octets)));
                } else {
                    MalformedReason reason =
                            MalformedReason.valueOf(vector.get("malformed").asText());
                    tests.add(
                            DynamicTest.dynamicTest("discards for " + reason, () -> assertThat(Datagram.decode(octets))
                                    .isEqualTo(Decoded.malformed(reason))));
                }
            }
        }
        return tests;
    }

    @Test
    void leavesItsOwnForOthersToRead() throws IOException {
        RandomMessage messages = new RandomMessage(new SplittableRandom(6));
        ArrayNode vectors = Dhcpv6Json.JSON.createArrayNode();
        for (int i = 0; i < 500; i++) {
            Datagram datagram = messages.nextDatagram();
            vectors.addObject()
                    .put("name", "random-" + i)
                    .put("by", "flow6")
                    .put("packet", datagram.encode().toString())
                    .set("fields", Dhcpv6Json.write(datagram));
            assertThat(Dhcpv6Json.read(Dhcpv6Json.write(datagram))).isEqualTo(datagram);
        }
        Dhcpv6Json.JSON.writeValue(Path.of("target", "dhcpv6.json").toFile(), vectors);
    }
}
