package org.flow6.apps.nd;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.flow6.flow.Answer;
import org.flow6.flow.PacketIn;
import org.flow6.network.NetworkSnapshot;
import org.flow6.packets.Bytes;
import org.flow6.packets.Decoded;
import org.flow6.packets.Echo;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Icmpv6;
import org.flow6.packets.InverseSolicitation;
import org.flow6.packets.Ipv6;
import org.flow6.packets.NdOption.SourceLinkLayerAddress;
import org.flow6.packets.NdOption.TargetLinkLayerAddress;
import org.flow6.packets.RouterSolicitation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.projectfloodlight.openflow.types.IPv6Address;

/** Whatever octets come, each packet for a router is answered or refused. */
class DamagedPacketsRandomTest {
    private static final SourceLinkLayerAddress SOURCE = new SourceLinkLayerAddress(RouterNets.ASKER_MAC);
    private static final List<Icmpv6> MESSAGES = List.of(
            new RouterSolicitation(List.of(SOURCE)),
            new InverseSolicitation(List.of(SOURCE, new TargetLinkLayerAddress(RouterNets.R1_MAC))),
            new Echo.Request(1, 2, Bytes.of(new byte[100])));
    private static final List<Answer> ANSWERS =
            List.of(RouterAnswer::answer, InverseAnswer::answer, EchoAnswer::answer);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void areAnsweredOrRefused(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        NetworkSnapshot snapshot = RouterNets.SNAPSHOT;
        Set<Class<?>> results = new HashSet<>();
        for (int i = 0; i < 30_000; i++) {
            int which = random.nextInt(MESSAGES.size());
            Decoded<Ethernet> frame = Ethernet.decode(damaged(MESSAGES.get(which), random));
            if (frame instanceof Decoded.Ok<Ethernet> ok) {
                PacketIn packet = RouterNets.from("vm1", ok.value());
                results.add(ANSWERS.get(random.nextInt(5) == 0 ? random.nextInt(ANSWERS.size()) : which)
                        .answer(packet, snapshot, RouterNets.NOW)
                        .getClass());
            }
        }
        assertThat(results).containsExactlyInAnyOrder(Answer.Result.Send.class, Answer.Result.Refuse.class);
    }

    private static ByteBuf damaged(Icmpv6 message, SplittableRandom random) {
        ByteBuf frame = Unpooled.buffer();
        IPv6Address to = message instanceof InverseSolicitation ? IPv6Address.of("ff02::1") : RouterNets.R1;
        Ethernet.of(RouterNets.R1_MAC, RouterNets.ASKER_MAC, Ipv6.of(255, RouterNets.ASKER, to, message))
                .encode(frame);
        for (int i = random.nextInt(4); i > 0; i--) {
            frame.setByte(random.nextInt(frame.writerIndex()), random.nextInt(256));
        }
        if (random.nextInt(4) == 0) {
            frame.writerIndex(random.nextInt(frame.writerIndex()));
        }
        return frame;
    }
}
