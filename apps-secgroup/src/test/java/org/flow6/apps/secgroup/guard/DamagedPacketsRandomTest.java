package org.flow6.apps.secgroup.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.flow6.flow.Answer;
import org.flow6.packets.Decoded;
import org.flow6.packets.Ethernet;
import org.flow6.packets.NdOption.SourceLinkLayerAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever octets come, each packet is taken down, sent on or refused. */
class DamagedPacketsRandomTest {
    private static final List<Ethernet> FRAMES = List.of(
            ClaimAnswerTest.check("vm1", "fe80::1234"),
            SolicitationAnswerTest.solicitation(
                    255, "fe80::ff:fe00:1", new SourceLinkLayerAddress(GuardNets.mac("vm1"))));
    private static final List<Answer> ANSWERS = List.of(ClaimAnswer::answer, SolicitationAnswer::answer);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void areTakenDownOrSentOnOrRefused(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Set<Class<?>> results = new HashSet<>();
        for (int i = 0; i < 30_000; i++) {
            ByteBuf octets = damaged(FRAMES.get(random.nextInt(FRAMES.size())), random);
            if (Ethernet.decode(octets) instanceof Decoded.Ok<Ethernet> frame) {
                String port = random.nextInt(8) == 0 ? "free" : "vm1";
                results.add(ANSWERS.get(random.nextInt(ANSWERS.size()))
                        .answer(
                                GuardNets.from(GuardNets.SNAPSHOT, port, frame.value()),
                                GuardNets.SNAPSHOT,
                                GuardNets.moment())
                        .getClass());
            }
        }
        assertThat(results).containsExactlyInAnyOrder(Answer.Result.Send.class, Answer.Result.Refuse.class);
    }

    private static ByteBuf damaged(Ethernet message, SplittableRandom random) {
        ByteBuf frame = Unpooled.buffer();
        message.encode(frame);
        for (int i = random.nextInt(4); i > 0; i--) {
            frame.setByte(random.nextInt(frame.writerIndex()), random.nextInt(256));
        }
        if (random.nextInt(4) == 0) {
            frame.writerIndex(random.nextInt(frame.writerIndex()));
        }
        return frame;
    }
}
