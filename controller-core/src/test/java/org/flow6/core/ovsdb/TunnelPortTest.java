package org.flow6.core.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.flow6.network.Host;
import org.flow6.network.Id;
import org.flow6.network.Tunnel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;

/** The tunnel's port, in a real database with a real switch. */
class TunnelPortTest {
    private static final TunnelPort VXLAN = port(Tunnel.Type.VXLAN, IPv6Address.of("fd01::1"));
    private static final TunnelPort GENEVE = port(Tunnel.Type.GENEVE, IPv4Address.of("192.0.2.1"));

    private OvsInstance ovs;

    @BeforeEach
    void start() throws Exception {
        ovs = new OvsInstance();
        ovs.addBridge("br-int");
    }

    @AfterEach
    void stop() throws Exception {
        ovs.close();
    }

    private static TunnelPort port(Tunnel.Type type, IPAddress<?> localIp) {
        return new TunnelPort(type, localIp, OptionalInt.empty());
    }

    private Watched keep(TunnelPort... tunnel) {
        Optional<TunnelPort> wanted = Optional.ofNullable(tunnel.length == 0 ? null : tunnel[0]);
        return new Watched(
                ovs.endpoint(),
                "br-int",
                Optional.of(new BridgeSettings(Map.of(), Optional.empty(), wanted, Optional.empty())));
    }

    private static boolean isThere(OvsdbPicture picture, TunnelPort tunnel) {
        return picture.ovsInterface(tunnel.name()).flatMap(OvsInterface::ofPort).isPresent();
    }

    /** As ovs-vsctl prints them: sorted. */
    private String options(TunnelPort tunnel) throws Exception {
        return ovs.vsctl("get", "interface", tunnel.name(), "options");
    }

    private void untilOptions(Watched client, TunnelPort tunnel, String wanted) throws Exception {
        client.until(picture -> {
            try {
                return options(tunnel).equals(wanted);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void isMadeAndAttached() throws Exception {
        try (Watched client = keep(VXLAN)) {
            OvsInterface made = client.until(picture -> isThere(picture, VXLAN))
                    .ovsInterface("flow6-vxlan")
                    .orElseThrow();
            assertThat(made.type()).isEqualTo("vxlan");
            assertThat(made.externalIds()).containsEntry("owner", "flow6");
        }
        assertThat(options(VXLAN)).isEqualTo("{key=flow, local_ip=\"fd01::1\", remote_ip=flow}");
    }

    @Test
    void isWrittenOnce() throws Exception {
        TunnelPort elsewhere = new TunnelPort(Tunnel.Type.GENEVE, IPv4Address.of("192.0.2.1"), OptionalInt.of(6082));
        try (Watched client = keep(elsewhere)) {
            client.until(picture -> isThere(picture, elsewhere));
        }
        assertThat(options(elsewhere))
                .isEqualTo("{dst_port=\"6082\", key=flow, local_ip=\"192.0.2.1\", remote_ip=flow}");
        String uuid = ovs.vsctl("get", "interface", "flow6-geneve", "_uuid");
        long before =
                ovs.log().lines().filter(line -> line.startsWith("record ")).count();
        try (Watched client = keep(elsewhere)) {
            // A later change that is seen means that whatever was needed has been sent before it.
            ovs.vsctl("--no-wait", "set", "open_vswitch", ".", "external_ids:seen=1");
            client.until(picture -> picture.hostExternalIds().containsKey("seen"));
        }
        assertThat(ovs.vsctl("get", "interface", "flow6-geneve", "_uuid")).isEqualTo(uuid);
        assertThat(ovs.log().lines().filter(line -> line.startsWith("record ")).count())
                .isEqualTo(before + 1);
    }

    @Test
    void isMendedWhenSomebodyChangesIt() throws Exception {
        String right = "{key=flow, local_ip=\"fd01::1\", remote_ip=flow}";
        try (Watched client = keep(VXLAN)) {
            client.until(picture -> isThere(picture, VXLAN));
            ovs.vsctl("--no-wait", "set", "interface", "flow6-vxlan", "options:remote_ip=192.0.2.9");
            untilOptions(client, VXLAN, right);
            ovs.vsctl("--no-wait", "set", "interface", "flow6-vxlan", "options:dst_port=4444");
            untilOptions(client, VXLAN, right);
            ovs.vsctl("--no-wait", "set", "interface", "flow6-vxlan", "type=geneve");
            client.until(picture -> picture.ovsInterface("flow6-vxlan")
                    .filter(one -> one.type().equals("vxlan"))
                    .isPresent());
            ovs.vsctl("--no-wait", "del-port", "flow6-vxlan");
            client.until(picture -> !isThere(picture, VXLAN));
            client.until(picture -> isThere(picture, VXLAN));
        }
        assertThat(options(VXLAN)).isEqualTo(right);
    }

    @Test
    void keepsOptionsThatFlow6DoesNotSet() throws Exception {
        try (Watched client = keep(VXLAN)) {
            client.until(picture -> isThere(picture, VXLAN));
            ovs.vsctl("--no-wait", "set", "interface", "flow6-vxlan", "options:csum=false", "options:key=5");
            untilOptions(client, VXLAN, "{csum=\"false\", key=flow, local_ip=\"fd01::1\", remote_ip=flow}");
        }
    }

    @Test
    void followsItsSettingsAndGoesWithThem() throws Exception {
        try (Watched client = keep(VXLAN)) {
            client.until(picture -> isThere(picture, VXLAN));
            TunnelPort moved = port(Tunnel.Type.VXLAN, IPv6Address.of("fd01::2"));
            client.tunnel(Optional.of(moved));
            untilOptions(client, moved, "{key=flow, local_ip=\"fd01::2\", remote_ip=flow}");
            client.tunnel(Optional.of(GENEVE));
            client.until(picture -> isThere(picture, GENEVE) && !isThere(picture, VXLAN));
            client.tunnel(Optional.empty());
            client.until(picture -> !isThere(picture, GENEVE));
        }
        assertThat(ovs.vsctl("list-ports", "br-int")).isEmpty();
    }

    @Test
    void isRemovedByALaterClientWithoutOne() throws Exception {
        try (Watched client = keep(VXLAN)) {
            client.until(picture -> isThere(picture, VXLAN));
        }
        try (Watched client = keep()) {
            client.until(picture -> picture.bridge().isPresent()
                    && picture.ovsInterface("flow6-vxlan").isEmpty());
        }
    }

    @Test
    void leavesAloneThePortsOfOthers() throws Exception {
        ovs.vsctl("add-port", "br-int", "flow6-vxlan", "--", "set", "interface", "flow6-vxlan", "type=vxlan");
        ovs.vsctl("set", "interface", "flow6-vxlan", "options:remote_ip=192.0.2.9", "external_ids:owner=somebody");
        ovs.vsctl("add-port", "br-int", "mine", "--", "set", "interface", "mine", "type=internal");
        ovs.vsctl("set", "interface", "mine", "external_ids:owner=flow6");
        try (Watched client = keep(VXLAN)) {
            client.until(picture -> isThere(picture, VXLAN));
            client.tunnel(Optional.of(GENEVE));
            client.until(picture -> isThere(picture, GENEVE));
            assertThat(ovs.vsctl("list-ports", "br-int").lines()).contains("flow6-vxlan", "mine");
            client.tunnel(Optional.empty());
            client.until(picture -> !isThere(picture, GENEVE));
        }
        assertThat(ovs.vsctl("list-ports", "br-int").lines()).containsExactly("flow6-vxlan", "mine");
        assertThat(options(VXLAN)).isEqualTo("{remote_ip=\"192.0.2.9\"}");
    }

    private String bfd(String name) throws Exception {
        return ovs.vsctl("get", "interface", name, "bfd");
    }

    @Test
    void watchesHostsByPortsOfTheirOwn() throws Exception {
        Id<Host> hostB = Id.of("hostB");
        Id<Host> hostC = Id.of("hostC");
        String b = TunnelPort.watching(hostB);
        String c = TunnelPort.watching(hostC);
        assertThat(b).isNotEqualTo(c).hasSizeLessThanOrEqualTo(15);
        TunnelPort both = VXLAN.watching(Map.of(hostB, IPv6Address.of("fd01::2"), hostC, IPv6Address.of("fd01::3")));
        try (Watched client = keep(both)) {
            OvsInterface made = client.until(
                            picture -> isAttached(picture, b) && isAttached(picture, c) && isThere(picture, VXLAN))
                    .ovsInterface(b)
                    .orElseThrow();
            assertThat(made.type()).isEqualTo("vxlan");
            assertThat(made.externalIds()).containsEntry("owner", "flow6");
            assertThat(ovs.vsctl("get", "interface", b, "options"))
                    .isEqualTo("{key=\"16777215\", local_ip=\"fd01::1\", remote_ip=\"fd01::2\"}");
            assertThat(bfd(b)).isEqualTo("{enable=\"true\", min_rx=\"300\", min_tx=\"300\", mult=\"3\"}");
            client.until(picture ->
                    picture.ovsInterface(b).flatMap(OvsInterface::bfdUp).equals(Optional.of(false)));
            assertThat(client.picture()
                            .ovsInterface("flow6-vxlan")
                            .orElseThrow()
                            .bfdUp())
                    .isEmpty();

            ovs.vsctl("--no-wait", "set", "interface", b, "bfd:min_rx=1000", "bfd:decay_min_rx=2000");
            client.until(picture -> {
                try {
                    return bfd(b).equals(
                                    "{decay_min_rx=\"2000\", enable=\"true\", min_rx=\"300\", min_tx=\"300\", mult=\"3\"}");
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            client.tunnel(Optional.of(VXLAN.watching(Map.of(hostC, IPv6Address.of("fd01::3")))));
            client.until(picture -> !isAttached(picture, b));
            assertThat(isAttached(client.picture(), c)).isTrue();
        }
        String session = ovs.vsctl("get", "interface", c, "_uuid");
        TunnelPort nobodyKnown = port(Tunnel.Type.VXLAN, IPv6Address.of("fd01::9"));
        try (Watched client = keep(nobodyKnown)) {
            untilOptions(client, nobodyKnown, "{key=flow, local_ip=\"fd01::9\", remote_ip=flow}");
            assertThat(ovs.vsctl("get", "interface", c, "_uuid")).isEqualTo(session);
            client.tunnel(Optional.of(nobodyKnown.watching(Map.of())));
            client.until(picture -> picture.ovsInterface(c).isEmpty());
        }
        try (Watched client = keep(both)) {
            client.until(picture -> isAttached(picture, c));
        }
        try (Watched client = keep()) {
            client.until(picture -> picture.bridge().isPresent()
                    && picture.ovsInterface(c).isEmpty()
                    && picture.ovsInterface("flow6-vxlan").isEmpty());
        }
    }

    private static boolean isAttached(OvsdbPicture picture, String name) {
        return picture.ovsInterface(name).flatMap(OvsInterface::ofPort).isPresent();
    }

    @Test
    void refusesAPortThatCannotBe() {
        assertThatThrownBy(() -> new TunnelPort(Tunnel.Type.VXLAN, IPv6Address.of("fd01::1"), OptionalInt.of(65536)))
                .hasMessageContaining("65536");
    }
}
