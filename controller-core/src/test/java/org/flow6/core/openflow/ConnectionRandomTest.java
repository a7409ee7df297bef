package org.flow6.core.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Good messages with octets changed at random: none upsets a session, but for a header that makes no sense. */
@Timeout(60)
class ConnectionRandomTest {
    static final List<String> GOOD = List.of(
            "0402000c11223344deadbeef",
            Wired.packetIn("80000004 00000005 00011204 00000011 80010208 0000000100000002", "000000000000000086dd6000"),
            "040b003800000000000000000000012300010203000000000000000000000000" + "00".repeat(16) + "0001000400000000",
            "040c00500000000000000000000000000000000100000000020000000001000070310000000000000000000000000000"
                    + "00".repeat(32),
            "0401001400000077000200090e0e0e0e0e0e0e0e",
            "0401001800000077ffff09084f4e46000404000800000077",
            "04040018000000094f4e4600000008fc0000000100010003",
            "0413004800000009000100000000000000380000000000000000000000010000000000000000000000000000000000aa"
                    + "00".repeat(16) + "0001000400000000",
            "0415000800000008",
            "04190018000000090000000200000000000000000000000a");

    @Test
    void beginsWithGoodMessages() {
        try (Wired wired = new Wired()) {
            wired.shakeHands();
            GOOD.forEach(wired::receive);
            assertThat(wired.counters.of(OpenFlowEvent.MALFORMED_MESSAGE)).isZero();
            assertThat(wired.failures).isEmpty();
            assertThat(wired.told).hasSize(7);
        }
    }

    @Test
    void survivesMutatedMessages() {
        SplittableRandom random = new SplittableRandom(20);
        for (int round = 0; round < 3000; round++) {
            try (Wired wired = new Wired()) {
                SwitchSession session = wired.shakeHands();
                // Requests under way, whose replies may come in any form.
                var barrier = session.barrier();
                var dump = session.dumpFlows(FlowFilter.ALL, flow -> ByteBufUtil.hexDump(flow.match()));
                var bundle = session.bundle(1, BundleControl.OPEN, 3);
                var role = session.requestRole(ControllerRole.MASTER);
                for (int i = 0; i < 20; i++) {
                    wired.receive(mutated(random, GOOD.get(random.nextInt(GOOD.size()))));
                }
                assertThat(List.of(barrier, dump, bundle, role)).doesNotContainNull();
                assertUpsetByNothing(wired);
            }
        }
    }

    @Test
    void survivesMutatedHandshakes() {
        SplittableRandom random = new SplittableRandom(21);
        for (int round = 0; round < 3000; round++) {
            try (Wired wired = new Wired()) {
                wired.receive("0400001000000001 0001000800000010");
                for (int i = 0; i < 10; i++) {
                    for (String request : wired.sent()) {
                        wired.receive(mutated(random, reply(request)));
                    }
                }
                assertUpsetByNothing(wired);
            }
        }
    }

    private static String reply(String request) {
        String xid = request.substring(8, 16);
        return switch (Integer.parseInt(request.substring(2, 4), 16)) {
            case Wire.FEATURES_REQUEST -> "04060020" + xid + "0000aabbccddeeff00000000fe0000000000004f00000000";
            case Wire.ROLE_REQUEST -> "04190018" + xid + "00000002000000000000000000000001";
            case Wire.MULTIPART_REQUEST ->
                "04130050" + xid + request.substring(16, 20) + "000000000000" + "01".repeat(64);
            default -> "04020008" + xid;
        };
    }

    /** Changes up to three octets, though seldom of the header's first four; or changes the length so that it is right. */
    private static byte[] mutated(SplittableRandom random, String hex) {
        byte[] octets = ByteBufUtil.decodeHexDump(hex);
        if (random.nextInt(4) == 0) {
            octets = java.util.Arrays.copyOf(octets, 8 + random.nextInt(octets.length));
            Unpooled.wrappedBuffer(octets).setShort(2, octets.length);
        }
        for (int n = random.nextInt(4); n > 0; n--) {
            int at = random.nextInt(50) == 0 ? random.nextInt(4) : 4 + random.nextInt(octets.length - 4);
            octets[at] = (byte) random.nextInt();
        }
        return octets;
    }

    static void assertUpsetByNothing(Wired wired) {
        assertThat(wired.counters.of(OpenFlowEvent.LISTENER_FAILED)).isZero();
        assertThat(wired.failures).noneMatch(reason -> reason.startsWith("internal failure"));
        wired.channel.checkException();
    }
}
