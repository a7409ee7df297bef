package org.flow6.apps.dhcpv6;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.flow6.flow.Answer;
import org.flow6.flow.PacketOut;
import org.flow6.network.IpPrefix;
import org.flow6.network.Port;
import org.flow6.packets.Bytes;
import org.flow6.packets.LinkLocal;
import org.flow6.packets.Udp;
import org.flow6.packets.dhcpv6.ClientId;
import org.flow6.packets.dhcpv6.ClientServerMessage;
import org.flow6.packets.dhcpv6.Dhcpv6Message;
import org.flow6.packets.dhcpv6.Dhcpv6Option;
import org.flow6.packets.dhcpv6.Duid;
import org.flow6.packets.dhcpv6.IaAddress;
import org.flow6.packets.dhcpv6.IaNa;
import org.flow6.packets.dhcpv6.IaPd;
import org.flow6.packets.dhcpv6.IaPrefix;
import org.flow6.packets.dhcpv6.MessageType;
import org.flow6.packets.dhcpv6.OptionRequest;
import org.flow6.packets.dhcpv6.RapidCommit;
import org.flow6.packets.dhcpv6.ServerId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** Few clients that say anything: each has its own prefixes and addresses, whatever the others say. */
class ConversationRandomTest {
    private static final List<String> PORTS = List.of("vm1", "vm2", "two", "none");

    /** A promise to a client: who it is, until when. */
    private record Promise(String port, Duid duid, long iaid, Instant until) {
        boolean isTo(String otherPort, Duid other, long otherIaid) {
            return port.equals(otherPort) && duid.equals(other) && iaid == otherIaid;
        }
    }

    private final Scene scene = new Scene();
    private final Map<IpPrefix, Promise> promises = new HashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void promisesNoPrefixTwiceAndNoOthersAddress(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 4000; i++) {
            scene.pass(Duration.ofSeconds(random.nextInt(60)));
            String port = PORTS.get(random.nextInt(PORTS.size()));
            Duid duid = Duid.linkLayer(MacAddress.of(1 + random.nextInt(3)));
            ClientServerMessage message = message(random, duid);
            if (scene.result(port, message) instanceof Answer.Result.Send send) {
                scene.facts = scene.facts.with(send.facts());
                send.packets().forEach(packet -> check(port, duid, message, packet));
            }
        }
        assertThat(promises).isNotEmpty();
    }

    /** Octets of a message with some of them changed: answered or refused, never a failure. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void survivesWhateverItIsSent(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        MacAddress mac = scene.port("relay").port().macAddress();
        for (int i = 0; i < 5000; i++) {
            byte[] octets = message(random, Scene.DUID).encode().toByteArray();
            for (int change = random.nextInt(4); change >= 0; change--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            Udp datagram = new Udp(546, 547, Bytes.of(octets));
            IPv6Address all = Dhcpv6Message.ALL_RELAY_AGENTS_AND_SERVERS;
            assertThat(scene.result("relay", Scene.frame(mac, LinkLocal.of(mac), all, datagram)))
                    .isNotNull();
        }
    }

    private void check(String port, Duid duid, ClientServerMessage asked, PacketOut packet) {
        ClientServerMessage reply = (ClientServerMessage)
                Dhcpv6Message.decode(Scene.datagram(packet)).orElseThrow();
        List<String> own = scene.port(port).port().fixedIps().stream()
                .map(Port.FixedIp::ipAddress)
                .map(Object::toString)
                .toList();
        reply.options(IaNa.class).forEach(ia -> assertThat(own).containsAll(Scene.addresses(ia)));
        for (IaPd ia : asked.options(IaPd.class)) {
            if (asked.type() == MessageType.RELEASE) {
                promises.values().removeIf(promise -> promise.isTo(port, duid, ia.iaid()));
            }
        }
        for (IaPd ia : reply.options(IaPd.class)) {
            for (IaPrefix lease : ia.options(IaPrefix.class)) {
                if (lease.validLifetime() > 0) {
                    IpPrefix prefix = IpPrefix.of(lease.prefix(), lease.prefixLength());
                    Promise promise = promises.get(prefix);
                    assertThat(promise == null
                                    || promise.until().isBefore(scene.now)
                                    || promise.isTo(port, duid, ia.iaid()))
                            .as("%s to %s %s %s, but %s", prefix, port, duid, ia.iaid(), promise)
                            .isTrue();
                    if (reply.type() == MessageType.REPLY) {
                        Instant until = scene.now.plusSeconds(lease.validLifetime());
                        promises.put(prefix, new Promise(port, duid, ia.iaid(), until));
                    }
                }
            }
        }
    }

    private ClientServerMessage message(SplittableRandom random, Duid duid) {
        List<MessageType> types = List.of(
                MessageType.SOLICIT,
                MessageType.REQUEST,
                MessageType.RENEW,
                MessageType.REBIND,
                MessageType.RELEASE,
                MessageType.CONFIRM,
                MessageType.INFORMATION_REQUEST,
                MessageType.DECLINE);
        MessageType type = types.get(random.nextInt(random.nextInt(20) == 0 ? 8 : 6));
        List<Dhcpv6Option> options = new ArrayList<>();
        options.add(new ClientId(duid));
        if (type == MessageType.REQUEST || type == MessageType.RENEW || type == MessageType.RELEASE) {
            options.add(new ServerId(scene.link("blue").duid()));
        }
        if (random.nextInt(4) == 0) {
            options.add(new RapidCommit());
            options.add(new OptionRequest(List.of(23, 24, 39, 56)));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            options.add(new IaNa(random.nextInt(3), 0, 0, named(random, false)));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            options.add(new IaPd(random.nextInt(3), 0, 0, named(random, true)));
        }
        return new ClientServerMessage(type, random.nextInt(1 << 24), options);
    }

    private static List<Dhcpv6Option> named(SplittableRandom random, boolean prefixes) {
        List<Dhcpv6Option> named = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            named.add(
                    prefixes
                            ? new IaPrefix(
                                    IPv6Address.of("2001:db8:f00" + Integer.toHexString(random.nextInt(16)) + "::"),
                                    random.nextInt(8) == 0 ? 52 : 48,
                                    0,
                                    0,
                                    List.of())
                            : new IaAddress(
                                    IPv6Address.of("2001:db8:" + (1 + random.nextInt(2)) + "::1" + random.nextInt(6)),
                                    0,
                                    0,
                                    List.of()));
        }
        return named;
    }
}
