package org.flow6.core.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Error names, compared with those that ovs-ofctl prints. */
@Timeout(60)
class OpenFlowErrorTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void namesErrorsAsOpenVSwitchDoes() throws Exception {
        List<ByteBuf> messages = new ArrayList<>();
        for (int type = 0; type <= 17; type++) {
            for (int code = 0; code <= 20; code++) {
                messages.add(Messages.message(Wire.ERROR, 7, 4).writeShort(type).writeShort(code));
            }
        }
        for (int experimenter : new int[] {Wire.NICIRA, Wire.ONF}) {
            for (int type = 0; type <= 4300; type++) {
                messages.add(Messages.message(Wire.ERROR, 7, 8)
                        .writeShort(Wire.EXPERIMENTER_ERROR)
                        .writeShort(type)
                        .writeInt(experimenter));
            }
        }
        List<String> ovsNames = printed(messages);
        int named = 0;
        for (int i = 0; i < messages.size(); i++) {
            OpenFlowError error =
                    ((Decoded.Ok<OpenFlowError>) OpenFlowError.decode(new Frame(messages.get(i)))).value();
            String ovsName = ovsNames.get(i);
            if (ovsName.startsWith("OFP") || ovsName.startsWith("NX")) {
                named++;
                assertThat(error.name())
                        .as(ByteBufUtil.hexDump(messages.get(i)))
                        .isEqualTo(ovsName);
            } else {
                assertThat(error.name()).as(ovsName).startsWith("error ");
            }
        }
        assertThat(named).isGreaterThan(160);
    }

    /** The word after "OFPT_ERROR (OF1.3) (xid=…): " for each message. */
    private List<String> printed(List<ByteBuf> messages) throws IOException, InterruptedException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuf message : messages) {
            all.write(ByteBufUtil.getBytes(message));
        }
        Path file = Files.write(folder.resolve("errors"), all.toByteArray());
        Path output = folder.resolve("printed");
        Process process = new ProcessBuilder("ovs-ofctl", "ofp-parse", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return Files.readAllLines(output, StandardCharsets.UTF_8).stream()
                .filter(line -> line.contains("OFPT_ERROR"))
                .map(line -> line.substring(line.indexOf("): ") + 3).strip())
                .toList();
    }

    @Test
    void keepsTheRefusedMessage() {
        ByteBuf message =
                Messages.message(Wire.ERROR, 9, 12).writeShort(1).writeShort(6).writeLong(0x0102030405060708L);
        Frame frame = new Frame(message);
        OpenFlowError error = ((Decoded.Ok<OpenFlowError>) OpenFlowError.decode(frame)).value();
        message.setZero(0, message.writerIndex());
        assertThat(error.name()).isEqualTo("OFPBRC_BAD_LEN");
        assertThat(error.data()).isEqualTo(Unpooled.copyLong(0x0102030405060708L));
    }
}
