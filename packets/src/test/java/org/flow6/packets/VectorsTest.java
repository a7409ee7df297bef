package org.flow6.packets;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Agreement with scapy and os-ken: what they made is read here; what is made here, they read in vectors.py --check. */
class VectorsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    List<DynamicTest> agreesWithOthers() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (InputStream file = VectorsTest.class.getResourceAsStream("/vectors/vectors.json")) {
            for (JsonNode vector : JSON.readTree(file)) {
                Bytes octets = Bytes.ofHex(vector.get("frame").asText());
                if (vector.has("fields")) {
                    String name = vector.get("name").asText() + " of "
                            + vector.get("by").asText();
                    Frame frame = FrameJson.read(vector.get("fields"));
                    tests.add(DynamicTest.dynamicTest("decodes " + name, () -> assertThat(Frame.decode(octets))
                            .isEqualTo(Decoded.ok(frame))));
                    tests.add(DynamicTest.dynamicTest(
                            "encodes " + name, () -> assertThat(frame.encode()).isEqualTo(octets)));
                } else {
                    MalformedReason reason =
                            MalformedReason.valueOf(vector.get("malformed").asText());
                    tests.add(DynamicTest.dynamicTest("discards for " + reason, () -> assertThat(discarded(octets))
                            .isEqualTo(reason)));
                }
            }
        }
        return tests;
    }

    @Test
    void readsTheFieldsThatItWrites() {
        for (JsonNode vector : WrittenVectors.make()) {
            Bytes octets = Bytes.ofHex(vector.get("frame").asText());
            assertThat(FrameJson.read(vector.get("fields")).encode()).isEqualTo(octets);
        }
    }

    /** Why the receiver of such a message discards the frame. */
    private static MalformedReason discarded(Bytes octets) {
        Decoded<Ipv6> packet = Ethernet.decode(octets).then(Ipv6::decode);
        Decoded<? extends Icmpv6> message = packet.then(VectorsTest::validate);
        assertThat(message).isInstanceOf(Decoded.Malformed.class);
        return ((Decoded.Malformed<?>) message).reason();
    }

    private static Decoded<Icmpv6> validate(Ipv6 packet) {
        int type = packet.payload().isEmpty() ? 0 : packet.payload().unsignedByte(0);
        Decoded<? extends Icmpv6> message =
                switch (type) {
                    case RouterSolicitation.TYPE -> RouterSolicitation.validate(packet);
                    case RouterAdvertisement.TYPE -> RouterAdvertisement.validate(packet);
                    case NeighborAdvertisement.TYPE -> NeighborAdvertisement.validate(packet);
                    case Redirect.TYPE -> Redirect.validate(packet);
                    case InverseSolicitation.TYPE -> InverseSolicitation.validate(packet);
                    case Echo.Request.TYPE -> Icmpv6.decode(packet);
                    case Mld.Query.TYPE, Mld.Report.TYPE -> Mld.validate(packet);
                    default -> NeighborSolicitation.validate(packet);
                };
        return message.then(Decoded::ok);
    }
}
