package org.flow6.core.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ports to physical networks, in a real database with a real switch. */
class PatchPairTest {
    private static final PatchPair VLAN = new PatchPair("br-ex", "provider/net", OptionalInt.of(7));
    private static final PatchPair FLAT = new PatchPair("br-ex", "provider/flat", OptionalInt.empty());
    private static final String INNER = VLAN.inner("br-int").name();
    private static final String OUTER = VLAN.outer("br-int").name();

    private OvsInstance ovs;

    @BeforeEach
    void start() throws Exception {
        ovs = new OvsInstance();
        ovs.addBridge("br-int");
        ovs.addBridge("br-ex");
    }

    @AfterEach
    void stop() throws Exception {
        ovs.close();
    }

    private Watched keep(Optional<Set<PatchPair>> patches) {
        return new Watched(
                ovs.endpoint(),
                "br-int",
                Optional.of(new BridgeSettings(Map.of(), Optional.empty(), Optional.empty(), patches)));
    }

    private Watched keep(PatchPair... patches) {
        return keep(Optional.of(Set.of(patches)));
    }

    private static boolean isBound(OvsdbPicture picture, PatchPair pair) {
        return picture.binding(pair.ifaceId()).isPresent();
    }

    private void until(Watched client, String wanted, String... words) throws Exception {
        client.until(picture -> {
            try {
                return ovs.vsctl(words).equals(wanted);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private List<String> ports(String bridge) throws Exception {
        return ovs.vsctl("list-ports", bridge).lines().toList();
    }

    @Test
    void namesFitIntoOpenFlowAndDiffer() {
        assertThat(List.of(
                        INNER,
                        OUTER,
                        FLAT.inner("br-int").name(),
                        VLAN.inner("br-two").name()))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.length() == 15);
    }

    @Test
    void areMadeAndBindTheirPort() throws Exception {
        try (Watched client = keep(VLAN, FLAT)) {
            client.until(picture -> isBound(picture, VLAN) && isBound(picture, FLAT));
        }
        assertThat(ovs.vsctl("get", "port", OUTER, "tag", "vlan_mode")).isEqualTo("7\naccess");
        assertThat(ovs.vsctl("get", "port", FLAT.outer("br-int").name(), "tag", "vlan_mode"))
                .as("what has a tag is of no flat network")
                .isEqualTo("0\naccess");
        assertThat(ovs.vsctl("get", "interface", INNER, "options:peer", "external_ids:owner", "error"))
                .isEqualTo(OUTER + "\nflow6\n[]");
        assertThat(ports("br-ex")).hasSize(2);
    }

    @Test
    void areWrittenOnce() throws Exception {
        try (Watched client = keep(VLAN)) {
            client.until(picture -> isBound(picture, VLAN));
        }
        String before = ovs.vsctl("get", "interface", INNER, "_uuid") + ovs.vsctl("get", "port", OUTER, "_uuid");
        long records =
                ovs.log().lines().filter(line -> line.startsWith("record ")).count();
        try (Watched client = keep(VLAN)) {
            ovs.vsctl("--no-wait", "set", "open_vswitch", ".", "external_ids:seen=1");
            client.until(picture -> picture.hostExternalIds().containsKey("seen"));
        }
        assertThat(ovs.vsctl("get", "interface", INNER, "_uuid") + ovs.vsctl("get", "port", OUTER, "_uuid"))
                .isEqualTo(before);
        assertThat(ovs.log().lines().filter(line -> line.startsWith("record ")).count())
                .isEqualTo(records + 1);
    }

    /** A Flow6 that starts takes no way away before it has read the network. */
    @Test
    void stayWhileNothingIsKnown() throws Exception {
        try (Watched client = keep(VLAN)) {
            client.until(picture -> isBound(picture, VLAN));
        }
        try (Watched client = keep(Optional.empty())) {
            ovs.vsctl("--no-wait", "set", "open_vswitch", ".", "external_ids:seen=1");
            client.until(picture -> picture.hostExternalIds().containsKey("seen"));
            assertThat(ports("br-ex")).containsExactly(OUTER);
            client.patches(Optional.of(Set.of()));
            client.until(picture -> !isBound(picture, VLAN));
            until(client, "", "list-ports", "br-ex");
        }
    }

    @Test
    void areMendedWhenSomebodyChangesThem() throws Exception {
        try (Watched client = keep(VLAN)) {
            client.until(picture -> isBound(picture, VLAN));
            ovs.vsctl("--no-wait", "set", "port", OUTER, "tag=8", "vlan_mode=native-untagged");
            until(client, "7\naccess", "get", "port", OUTER, "tag", "vlan_mode");
            ovs.vsctl("--no-wait", "set", "interface", INNER, "options:peer=nobody");
            until(client, OUTER, "get", "interface", INNER, "options:peer");
            ovs.vsctl("--no-wait", "remove", "interface", INNER, "external_ids", "iface-id");
            client.until(picture -> isBound(picture, VLAN));
            ovs.vsctl("--no-wait", "del-port", OUTER);
            until(client, OUTER, "list-ports", "br-ex");
        }
    }

    @Test
    void goWithTheirBridgeAndComeWithIt() throws Exception {
        try (Watched client = keep(VLAN)) {
            client.until(picture -> isBound(picture, VLAN));
            ovs.vsctl("--no-wait", "del-br", "br-ex");
            client.until(picture -> picture.ovsInterface(INNER).isEmpty());
            ovs.addBridge("br-ex");
            client.until(picture -> isBound(picture, VLAN));
        }
    }

    @Test
    void followTheirSettingsAndLeaveOthersAlone() throws Exception {
        ovs.addBridge("br-two");
        ovs.vsctl("add-port", "br-ex", "mine", "--", "set", "interface", "mine", "type=patch", "options:peer=no");
        ovs.vsctl("set", "interface", "mine", "external_ids:owner=flow6", "external_ids:flow6-bridge=br-other");
        try (Watched client = keep(VLAN)) {
            client.until(picture -> isBound(picture, VLAN));
            PatchPair moved = new PatchPair("br-two", VLAN.ifaceId(), OptionalInt.of(8));
            client.patches(Optional.of(Set.of(moved)));
            until(client, moved.outer("br-int").name(), "list-ports", "br-two");
            until(client, "mine", "list-ports", "br-ex");
        }
    }
}
