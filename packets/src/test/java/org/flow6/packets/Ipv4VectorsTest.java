package org.flow6.packets;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Agreement with scapy: what it made is read here; what is made here ipv4.py --check lets it read. */
class Ipv4VectorsTest {
    @TestFactory
    List<DynamicTest> agreesWithScapy() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (InputStream file = Ipv4VectorsTest.class.getResourceAsStream("/vectors/ipv4.json")) {
            for (JsonNode vector : Ipv4Json.JSON.readTree(file)) {
                Bytes octets = Bytes.ofHex(vector.get("packet").asText());
                if (vector.has("fields")) {
                    String name = vector.get("name").asText();
                    Ipv4Datagram datagram = Ipv4Json.read(vector.get("fields"));
                    tests.add(DynamicTest.dynamicTest("decodes " + name, () -> assertThat(Ipv4Datagram.decode(octets))
                            .isEqualTo(Decoded.ok(datagram))));
                    tests.add(DynamicTest.dynamicTest(
                            "encodes " + name,
                            () -> assertThat(datagram.packet().encode()).isEqualTo(octets)));
                } else {
                    MalformedReason reason =
                            MalformedReason.valueOf(vector.get("malformed").asText());
                    tests.add(DynamicTest.dynamicTest(
                            "discards for " + reason,
                            () -> assertThat(Ipv4Datagram.decode(octets)).isEqualTo(Decoded.malformed(reason))));
                }
            }
        }
        return tests;
    }

    @Test
    void readsTheFieldsThatItWrites() {
        for (JsonNode vector : Ipv4Json.make()) {
            assertThat(Ipv4Json.read(vector.get("fields")).packet().encode())
                    .isEqualTo(Bytes.ofHex(vector.get("packet").asText()));
        }
    }
}
