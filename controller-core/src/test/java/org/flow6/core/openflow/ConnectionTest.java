package org.flow6.core.openflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages that Open vSwitch does not send, in the midst of a session. */
@Timeout(60)
class ConnectionTest {
    private final Wired wired = new Wired();

    @AfterEach
    void close() {
        assertThat(wired.counters.of(OpenFlowEvent.LISTENER_FAILED)).isZero();
        wired.close();
    }

    @Test
    void shakesHandsInOrder() {
        SwitchSession session = wired.shakeHands();
        assertThat(session.datapathId().toString()).isEqualTo("00:00:aa:bb:cc:dd:ee:ff");
        assertThat(session.ports()).hasSize(1);
    }

    @Test
    void answersEchoRequestsWithTheirData() {
        wired.shakeHands();
        wired.receive("0402000c11223344deadbeef");
        assertThat(wired.sent()).containsExactly("0403000c11223344deadbeef");
    }

    @Test
    void answersEchoRequestsInTheMidstOfTheHandshake() {
        wired.receive("0400000800000001");
        wired.sent();
        wired.receive("0402000811223344");
        assertThat(wired.sent()).containsExactly("0403000811223344");
    }

    @Test
    void skipsMessagesThatMakeNoSense() {
        wired.shakeHands();
        List<String> senseless =
                List.of(
                        "040a000800000000", // PACKET_IN without anything
                        "040a002000000000 ffffffff 0000 00 00 0000000000000000 0001ffff 00000000", // match longer than
                        // the message
                        "040a002800000000 ffffffff 0000 00 00 0000000000000000 00010010 80000004 00000001 8000 0000", // no room for its packet
                        "040a003000000000 ffffffff 0000 00 00 0000000000000000 00010010 800000ff 00000001 00000000 0000 000000000000", // field beyond it
                        "040b000c00000000 00000000", // FLOW_REMOVED
                        "040c001000000000 0000000000000000", // PORT_STATUS
                        "0401000900000000 00", // ERROR
                        "0401000c00000000 ffff0001"); // ERROR of an experimenter that is not there
        senseless.forEach(wired::receive);
        assertThat(wired.counters.of(OpenFlowEvent.MALFORMED_MESSAGE)).isEqualTo(senseless.size());
        assertThat(wired.told).isEmpty();
        wired.receive("0402000811223344");
        assertThat(wired.sent()).containsExactly("0403000811223344");
    }

    @Test
    void skipsMessagesThatNobodyWaitsFor() {
        wired.shakeHands();
        for (String message : List.of(
                "0415000800009999", "0413001000009999 0001000000000000", "0463000800000000", "0400000800000000")) {
            wired.receive(message);
        }
        assertThat(wired.counters.of(OpenFlowEvent.UNEXPECTED_MESSAGE)).isEqualTo(4);
        assertThat(wired.failures).isEmpty();
    }

    @Test
    void passesOverFieldsItDoesNotKnow() {
        wired.shakeHands();
        // in_port 5, an experimenter's field, a field of class 0x7000, xreg1 and xxreg3.
        wired.receive(Wired.packetIn(
                "80000004 00000005 ffff0206 00001234 0005 7000fc01 05 80010208 0000000100000002"
                        + "0001e410 0000000a0000000b0000000c0000000d",
                "beef"));
        assertThat(wired.told)
                .singleElement()
                .asString()
                .startsWith("PacketIn[cookie=0xaa, table=7, reason=1, inPort=5, 2 octets] 13");
    }

    @Test
    void tellsOfExperimentersErrors() {
        wired.shakeHands();
        wired.receive("0401001800000077 ffff0908 4f4e4600 0404000800000077");
        assertThat(wired.told).hasSize(2).last().isEqualTo("OFPBFC_MSG_TOO_MANY for the message with xid 0x77");
        wired.receive("0401001000000077 ffff0001 12345678");
        assertThat(wired.told)
                .last()
                .isEqualTo("error of experimenter 0x12345678 type 1 for the message with xid 0x77");
        wired.receive("0401000c00000077 00630001");
        assertThat(wired.told).last().isEqualTo("error type 99 code 1 for the message with xid 0x77");
    }

    @Test
    void failsADumpWhoseFlowsAreCutOff() {
        SwitchSession session = wired.shakeHands();
        List<Long> cookies = new ArrayList<>();
        CompletableFuture<Integer> dump = session.dumpFlows(FlowFilter.ALL, flow -> cookies.add(flow.cookie()));
        int xid = session.nextXid() - 1;
        String flow = "0038 00 00 00000000 00000000 0001 0000 0000 0000 00000000 00000000000000aa" + "00".repeat(16)
                + "0001000400000000";
        wired.receive("0413 0080 %08x 0001000000000000 ".formatted(xid) + flow + "0039" + flow.substring(4));
        assertThat(cookies).containsExactly(0xaaL);
        assertThatThrownBy(dump::join)
                .hasCauseInstanceOf(MalformedReplyException.class)
                .hasMessageContaining("cut off");
        assertThat(wired.failures).isEmpty();
    }

    @Test
    void collectsAllPartsOfAReply() {
        SwitchSession session = wired.shakeHands();
        CompletableFuture<ByteBuf> reply = session.multipart(MultipartType.TABLE, Unpooled.EMPTY_BUFFER);
        int xid = session.nextXid() - 1;
        wired.receive("04130014%08x 0003000100000000 aabbccdd".formatted(xid));
        assertThat(reply).isNotDone();
        wired.receive("04130012%08x 0003000000000000 eeff".formatted(xid));
        assertThat(reply.join())
                .isEqualTo(Unpooled.wrappedBuffer(
                        new byte[] {(byte) 0xaa, (byte) 0xbb, (byte) 0xcc, (byte) 0xdd, (byte) 0xee, (byte) 0xff}));
    }

    @Test
    void failsARequestThatIsAnsweredByAnotherKindOfReply() {
        SwitchSession session = wired.shakeHands();
        CompletableFuture<ByteBuf> reply = session.multipart(MultipartType.TABLE, Unpooled.EMPTY_BUFFER);
        wired.receive("04130010%08x 0004000000000000".formatted(session.nextXid() - 1));
        assertThatThrownBy(reply::join).hasCauseInstanceOf(MalformedReplyException.class);
    }

    @Test
    void endsOnAStreamThatIsNotOpenFlowAnyMore() {
        SwitchSession session = wired.shakeHands();
        CompletableFuture<Void> barrier = session.barrier();
        wired.receive("0402000811223344" + "0302000811223344" + "0402000855667788");
        assertThat(wired.failures).containsExactly("not OpenFlow: octet 0x03 where the version 0x04 was expected");
        assertThat(barrier).isCompletedExceptionally();
        assertThat(wired.counters.of(OpenFlowEvent.NOT_OPENFLOW)).isEqualTo(1);
    }

    @Test
    void keepsAPeersTextOnOneLine() {
        wired.receive("0401001400000001 00000000 6e6f0a5b6f6b5d0d");
        assertThat(wired.failures).containsExactly("the peer refuses OpenFlow 1.3: no?[ok]?");
    }
}
