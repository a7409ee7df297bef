package org.flow6.apps.nd;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.flow6.flow.Action;
import org.flow6.flow.Answer;
import org.flow6.flow.DropReason;
import org.flow6.flow.Moment;
import org.flow6.flow.PacketIn;
import org.flow6.flow.PacketOut;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.Port;
import org.flow6.packets.Bytes;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Ipv6;
import org.flow6.packets.MulticastMac;
import org.flow6.packets.NdOption;
import org.flow6.packets.NdOption.Nonce;
import org.flow6.packets.NdOption.SourceLinkLayerAddress;
import org.flow6.packets.NeighborAdvertisement;
import org.flow6.packets.NeighborSolicitation;
import org.flow6.packets.SolicitedNode;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

class NdAnswerTest {
    private static final IPv6Address ASKER = IPv6Address.of("2001:db8:1::11");
    private static final MacAddress ASKER_MAC = MacAddress.of("02:00:00:00:00:01");
    private static final IPv6Address OWNED = IPv6Address.of("2001:db8:1::12");
    private static final MacAddress OWNER_MAC = MacAddress.of("02:00:00:00:00:02");
    private static final NdOption SOURCE = new SourceLinkLayerAddress(ASKER_MAC);
    private static final NdOption NONCE = new Nonce(Bytes.ofHex("010203040506"));
    private static final int HOP_LIMIT = 255;
    private static final Moment NOW = new Moment(Instant.EPOCH, Facts.NONE);

    private static PacketIn from(String port, Ethernet frame) {
        return new PacketIn(
                OFPort.of(Nets.BINDINGS.getOrDefault(port, 1)),
                Nets.SNAPSHOT.port(Id.<Port>of(port)).orElseThrow(),
                frame);
    }

    private static Ethernet solicitation(IPv6Address source, IPv6Address target, NdOption... options) {
        return solicitation(HOP_LIMIT, source, SolicitedNode.of(target), target, options);
    }

    private static Ethernet solicitation(
            int hopLimit, IPv6Address source, IPv6Address destination, IPv6Address target, NdOption... options) {
        Ipv6 packet = Ipv6.of(hopLimit, source, destination, new NeighborSolicitation(target, List.of(options)));
        MacAddress to = destination.isMulticast() ? MulticastMac.of(destination) : OWNER_MAC;
        return Ethernet.of(to, ASKER_MAC, packet);
    }

    private static Answer.Result answer(String port, Ethernet frame) {
        return NdAnswer.answer(from(port, frame), Nets.SNAPSHOT, NOW);
    }

    private static PacketOut sent(String port, Ethernet frame) {
        Answer.Result result = answer(port, frame);
        assertThat(result).isInstanceOf(Answer.Result.Send.class);
        List<PacketOut> packets = ((Answer.Result.Send) result).packets();
        assertThat(packets).hasSize(1);
        return packets.get(0);
    }

    private static void sendsNothing(String port, Ethernet frame) {
        assertThat(answer(port, frame)).isEqualTo(new Answer.Result.Send(List.of()));
    }

    private static void refuses(DropReason reason, Ethernet frame) {
        assertThat(answer("vm1", frame)).isEqualTo(new Answer.Result.Refuse(reason));
    }

    private static Ipv6 packet(PacketOut out) {
        return Ipv6.decode(out.frame()).orElseThrow();
    }

    private static NeighborAdvertisement advertisement(PacketOut out) {
        return NeighborAdvertisement.validate(packet(out)).orElseThrow();
    }

    /** RFC 4861 §7.2.4: to the asker, S set. */
    @Test
    void answersASolicitationWithoutOptions() {
        PacketOut out = sent("vm1", solicitation(ASKER, OWNED));
        assertThat(out.actions()).containsExactly(Action.output(OFPort.of(1)));
        assertThat(out.frame().destination()).isEqualTo(ASKER_MAC);
        assertThat(out.frame().source()).isEqualTo(OWNER_MAC);
        Ipv6 packet = packet(out);
        assertThat(packet.source()).isEqualTo(OWNED);
        assertThat(packet.destination()).isEqualTo(ASKER);
        assertThat(packet.hopLimit()).isEqualTo(HOP_LIMIT);
        NeighborAdvertisement advertisement = advertisement(out);
        assertThat(advertisement.target()).isEqualTo(OWNED);
        assertThat(advertisement.targetLinkLayerAddress()).contains(OWNER_MAC);
        assertThat(advertisement.flags().solicited()).isTrue();
        assertThat(advertisement.flags().override()).isTrue();
        assertThat(advertisement.flags().router()).isFalse();
    }

    @Test
    void answersWhereTheNonceComesFirst() {
        assertThat(advertisement(sent("vm1", solicitation(ASKER, OWNED, NONCE, SOURCE)))
                        .targetLinkLayerAddress())
                .contains(OWNER_MAC);
    }

    @Test
    void answersToTheSourceLinkLayerAddress() {
        MacAddress other = MacAddress.of("02:00:00:00:aa:aa");
        PacketOut out = sent("vm1", solicitation(ASKER, OWNED, NONCE, new SourceLinkLayerAddress(other)));
        assertThat(out.frame().destination()).isEqualTo(other);
    }

    @Test
    void answersUnicastSolicitations() {
        PacketOut out = sent("vm1", solicitation(HOP_LIMIT, ASKER, OWNED, OWNED));
        assertThat(packet(out).destination()).isEqualTo(ASKER);
        assertThat(advertisement(out).flags().solicited()).isTrue();
    }

    /** RFC 4862 §5.4.4 and RFC 4861 §7.2.4: to all nodes, S clear. */
    @Test
    void defendsAnAddressAgainstADuplicate() {
        PacketOut out = sent("vm1", solicitation(IPv6Address.NONE, OWNED, NONCE));
        assertThat(out.actions()).containsExactly(Action.output(OFPort.of(1)));
        assertThat(out.frame().destination()).isEqualTo(MacAddress.of("33:33:00:00:00:01"));
        assertThat(out.frame().source()).isEqualTo(OWNER_MAC);
        assertThat(packet(out).source()).isEqualTo(OWNED);
        assertThat(packet(out).destination()).isEqualTo(IPv6Address.of("ff02::1"));
        NeighborAdvertisement advertisement = advertisement(out);
        assertThat(advertisement.flags().solicited()).isFalse();
        assertThat(advertisement.flags().override()).isTrue();
        assertThat(advertisement.targetLinkLayerAddress()).contains(OWNER_MAC);
    }

    @Test
    void leavesTheOwnersOwnDuplicateCheckUnanswered() {
        sendsNothing("vm2", solicitation(IPv6Address.NONE, OWNED));
        sendsNothing("vm2", solicitation(ASKER, OWNED));
        // An allowed address of which it is the one owner.
        sendsNothing("vm2", solicitation(IPv6Address.NONE, IPv6Address.of("2001:db8:1::a2")));
    }

    @Test
    void answersForARouterAsARouter() {
        IPv6Address router = IPv6Address.of("2001:db8:1::1");
        assertThat(advertisement(sent("vm1", solicitation(ASKER, router)))
                        .flags()
                        .router())
                .isTrue();
        assertThat(advertisement(sent("vm1", solicitation(IPv6Address.NONE, router)))
                        .flags()
                        .router())
                .isTrue();
    }

    @Test
    void answersForPortsOfOtherHosts() {
        IPv6Address elsewhere = IPv6Address.of("2001:db8:1::17");
        assertThat(advertisement(sent("vm1", solicitation(ASKER, elsewhere))).targetLinkLayerAddress())
                .contains(MacAddress.of("02:00:00:00:00:07"));
    }

    @Test
    void answersForAnAllowedAddressOfOnePortWithItsMac() {
        assertThat(advertisement(sent("vm1", solicitation(ASKER, IPv6Address.of("2001:db8:1::a2"))))
                        .targetLinkLayerAddress())
                .contains(OWNER_MAC);
    }

    @Test
    void leavesSharedAddressesToThoseWhoShareThem() {
        sendsNothing("vm1", solicitation(ASKER, IPv6Address.of("2001:db8:1::77")));
        sendsNothing("vm4", solicitation(IPv6Address.NONE, IPv6Address.of("2001:db8:1::77")));
        sendsNothing("vm4", solicitation(ASKER, IPv6Address.of("2001:db8:1::11")));
    }

    @Test
    void refusesTargetsThatNobodyHas() {
        refuses(DropReason.ND_UNKNOWN_TARGET, solicitation(ASKER, IPv6Address.of("2001:db8:1::99")));
        refuses(DropReason.ND_UNKNOWN_TARGET, solicitation(ASKER, IPv6Address.of("2001:db8:1::18")));
        refuses(DropReason.ND_UNKNOWN_TARGET, solicitation(ASKER, IPv6Address.of(0, 0xc000020bL)));
    }

    @Test
    void answersNothingAboutAnotherNetwork() {
        assertThat(answer("red1", solicitation(ASKER, OWNED)))
                .isEqualTo(new Answer.Result.Refuse(DropReason.ND_UNKNOWN_TARGET));
    }

    @Test
    void answersNothingInANetworkThatIsGone() {
        assertThat(NdAnswer.answer(from("vm1", solicitation(ASKER, OWNED)), NetworkSnapshot.EMPTY, NOW))
                .isEqualTo(new Answer.Result.Refuse(DropReason.ND_UNKNOWN_TARGET));
    }

    @Test
    void refusesWhatRfc4861Section711Refuses() {
        IPv6Address none = IPv6Address.NONE;
        refuses(NdDrop.HOP_LIMIT, solicitation(254, ASKER, SolicitedNode.of(OWNED), OWNED));
        refuses(NdDrop.DAD_OPTION, solicitation(none, OWNED, SOURCE));
        refuses(NdDrop.DAD_DESTINATION, solicitation(HOP_LIMIT, none, IPv6Address.of("ff02::1"), OWNED));
        refuses(NdDrop.DAD_DESTINATION, solicitation(HOP_LIMIT, none, OWNED, OWNED));
        refuses(NdDrop.SOURCE, solicitation(IPv6Address.of("ff02::1"), OWNED));
        refuses(
                NdDrop.TARGET,
                solicitation(HOP_LIMIT, ASKER, IPv6Address.of("ff02::1"), IPv6Address.of("ff02::1:ff00:12")));
    }

    private static Ethernet tampered(Consumer<ByteBuf> tamper) {
        ByteBuf frame = Unpooled.buffer();
        solicitation(ASKER, OWNED, NONCE).encode(frame);
        tamper.accept(frame);
        return Ethernet.decode(frame).orElseThrow();
    }

    @Test
    void refusesDamagedSolicitations() {
        // The checksum is at 14 + 40 + 2, the first option's length at 14 + 40 + 24 + 1.
        refuses(NdDrop.MALFORMED, tampered(frame -> frame.setShort(56, 0x1234)));
        refuses(NdDrop.MALFORMED, tampered(frame -> frame.writerIndex(frame.writerIndex() - 1)));
        refuses(NdDrop.MALFORMED, tampered(frame -> frame.setByte(14, 0x45)));
        refuses(NdDrop.MALFORMED, tampered(frame -> frame.setShort(12, 0x0800)));
    }

    @Test
    void refusesOptionsOfLengthZero() {
        ByteBuf body = Unpooled.buffer();
        body.writeInt(0);
        OWNED.write16Bytes(body);
        body.writeByte(14).writeByte(0).writeZero(6);
        refuses(NdDrop.MALFORMED, withBody(135, 0, body));
    }

    @Test
    void refusesOtherCodesAndTypes() {
        ByteBuf body = Unpooled.buffer();
        body.writeInt(0);
        OWNED.write16Bytes(body);
        refuses(NdDrop.CODE, withBody(135, 1, body));
        refuses(NdDrop.MALFORMED, withBody(136, 0, body));
        refuses(NdDrop.MALFORMED, withBody(128, 0, body));
    }

    /** With the right checksum, whatever the message is. */
    private static Ethernet withBody(int type, int code, ByteBuf body) {
        IPv6Address destination = SolicitedNode.of(OWNED);
        ByteBuf message =
                Unpooled.buffer().writeByte(type).writeByte(code).writeShort(0).writeBytes(body);
        message.setShort(2, checksum(ASKER, destination, message));
        ByteBuf packet = Unpooled.buffer()
                .writeInt(6 << 28)
                .writeShort(message.readableBytes())
                .writeByte(58)
                .writeByte(HOP_LIMIT);
        ASKER.write16Bytes(packet);
        destination.write16Bytes(packet);
        packet.writeBytes(message);
        return Ethernet.of(
                MulticastMac.of(destination), ASKER_MAC, Ipv6.decode(packet).orElseThrow());
    }

    /** RFC 4443 §2.3. */
    private static int checksum(IPv6Address source, IPv6Address destination, ByteBuf message) {
        ByteBuf all = Unpooled.buffer();
        source.write16Bytes(all);
        destination.write16Bytes(all);
        all.writeInt(message.readableBytes()).writeInt(58);
        all.writeBytes(message, message.readerIndex(), message.readableBytes());
        long sum = 0;
        while (all.readableBytes() >= 2) {
            sum += all.readUnsignedShort();
        }
        sum += all.isReadable() ? all.readUnsignedByte() << 8 : 0;
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) (~sum & 0xffff);
    }

    @Test
    void refusesWhatIsInAVlanOfThePortsOwn() {
        Ethernet plain = solicitation(ASKER, OWNED);
        ByteBuf tagged = Unpooled.buffer();
        plain.destination().write6Bytes(tagged);
        plain.source().write6Bytes(tagged);
        tagged.writeShort(0x8100).writeShort(5).writeShort(0x86dd);
        plain.payload().writeTo(tagged);
        refuses(NdDrop.TAGGED, Ethernet.decode(tagged).orElseThrow());
    }
}
