package org.flow6.core.openflow;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/** No octets upset a connection. The first one says whether they come after the handshake, and how many come at a time. */
class ConnectionFuzzTest {
    @FuzzTest
    void survivesAnything(byte[] data) {
        if (data.length == 0) {
            return;
        }
        try (Wired wired = new Wired()) {
            if ((data[0] & 1) != 0) {
                SwitchSession session = wired.shakeHands();
                // Requests under way, which the octets may answer.
                var unused = session.barrier()
                        .runAfterBoth(
                                session.dumpFlows(FlowFilter.ALL, flow -> flow.instructions()
                                        .readableBytes()),
                                () -> {})
                        .runAfterBoth(session.tunnelOptions(), () -> {});
            }
            int step = Math.max(1, (data[0] & 0xff) >> 1);
            for (int from = 1; from < data.length; from += step) {
                wired.receive(Arrays.copyOfRange(data, from, Math.min(data.length, from + step)));
            }
            ConnectionRandomTest.assertUpsetByNothing(wired);
        }
    }
}
