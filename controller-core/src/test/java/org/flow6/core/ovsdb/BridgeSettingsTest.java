package org.flow6.core.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Against a real ovsdb-server and ovs-vswitchd. */
class BridgeSettingsTest {
    private static final String TARGET = "tcp:127.0.0.1:16653";
    private static final BridgeSettings SETTINGS =
            new BridgeSettings(Map.of(0, List.of("ipv6_dst", "ipv6_src"), 9, List.of("ipv6_dst")), Optional.of(TARGET));

    private OvsInstance ovs;

    @BeforeEach
    void start() throws Exception {
        ovs = new OvsInstance();
    }

    @AfterEach
    void stop() throws Exception {
        ovs.close();
    }

    private Watched keep(BridgeSettings settings) {
        return new Watched(ovs.endpoint(), "br-int", Optional.of(settings));
    }

    private static boolean isSet(OvsdbPicture picture) {
        return picture.bridge()
                .filter(bridge -> bridge.failMode().equals(Optional.of("secure"))
                        && bridge.controllers().stream()
                                .anyMatch(c -> c.target().equals(TARGET)))
                .isPresent();
    }

    /** How often the database was written: every transaction that changes it is one record of its log. */
    private int transactions() throws Exception {
        return (int)
                ovs.log().lines().filter(line -> line.startsWith("record ")).count();
    }

    @Test
    void setsWhatFlow6NeedsAndOnceOnly() throws Exception {
        ovs.addBridge("br-int");
        try (Watched client = keep(SETTINGS)) {
            OvsController controller = client.until(BridgeSettingsTest::isSet)
                    .bridge()
                    .orElseThrow()
                    .controllers()
                    .get(0);
            assertThat(controller.maxBackoff()).hasValue(1000);
            assertThat(controller.connectionMode()).contains("out-of-band");
            assertThat(controller.externalIds()).containsEntry("owner", "flow6");
        }
        assertThat(ovs.vsctl("get", "bridge", "br-int", "protocols")).isEqualTo("[]");
        assertThat(ovs.ofctl("-O", "OpenFlow13", "show", "br-int")).contains("(OF1.3)");
        assertThat(ovs.vsctl("--columns=prefixes", "--bare", "list", "flow_table"))
                .contains("ipv6_dst ipv6_src")
                .contains("\nipv6_dst");
        int before = transactions();
        try (Watched client = keep(SETTINGS)) {
            client.until(BridgeSettingsTest::isSet);
            // A later change that is seen means that whatever the settings needed has been sent before it.
            ovs.vsctl("--no-wait", "set", "open_vswitch", ".", "external_ids:seen=1");
            client.until(p -> p.hostExternalIds().containsKey("seen"));
        }
        assertThat(transactions()).isEqualTo(before + 1);
    }

    @Test
    void leavesAloneWhatOthersSet() throws Exception {
        ovs.addBridge("br-int");
        ovs.vsctl("set-controller", "br-int", "tcp:127.0.0.1:16999");
        ovs.vsctl("set", "bridge", "br-int", "protocols=OpenFlow10", "other_config:hwaddr=02:00:00:00:00:09");
        ovs.vsctl(
                "--",
                "--id=@t",
                "create",
                "flow_table",
                "name=mine",
                "flow_limit=77",
                "--",
                "set",
                "bridge",
                "br-int",
                "flow_tables:0=@t");
        try (Watched client = keep(SETTINGS)) {
            OvsBridge bridge = client.until(p -> p.bridge().isPresent()
                            && p.bridge().get().protocols().contains("OpenFlow13"))
                    .bridge()
                    .orElseThrow();
            assertThat(bridge.protocols()).containsExactlyInAnyOrder("OpenFlow10", "OpenFlow13");
            assertThat(bridge.otherConfig()).containsEntry("hwaddr", "02:00:00:00:00:09");
            assertThat(bridge.controllers()).extracting(OvsController::target).containsExactly("tcp:127.0.0.1:16999");
        }
        assertThat(ovs.vsctl("--columns=name,flow_limit,prefixes", "--bare", "find", "flow_table", "name=mine"))
                .contains("77", "ipv6_dst ipv6_src");
    }

    @Test
    void followsItsOwnControllersNewTarget() throws Exception {
        ovs.addBridge("br-int");
        try (Watched client = keep(SETTINGS)) {
            client.until(BridgeSettingsTest::isSet);
        }
        try (Watched client = keep(new BridgeSettings(Map.of(), Optional.of("tcp:127.0.0.1:16654")))) {
            client.until(p -> p.bridge().isPresent()
                    && p.bridge().get().controllers().stream()
                            .map(OvsController::target)
                            .toList()
                            .equals(List.of("tcp:127.0.0.1:16654")));
        }
    }

    @Test
    void setsABridgeThatAppearsLaterAndAgainWhenRecreated() throws Exception {
        try (Watched client = keep(SETTINGS)) {
            client.untilState(OvsdbState::synced);
            ovs.addBridge("br-int");
            client.until(BridgeSettingsTest::isSet);
            ovs.vsctl("del-br", "br-int");
            client.until(p -> p.bridge().isEmpty());
            ovs.addBridge("br-int");
            client.until(BridgeSettingsTest::isSet);
        }
    }

    @Test
    void mendsWhatSomebodyUndoes() throws Exception {
        ovs.addBridge("br-int");
        try (Watched client = keep(SETTINGS)) {
            client.until(BridgeSettingsTest::isSet);
            int before = client.deltas().size();
            ovs.vsctl("--no-wait", "set-fail-mode", "br-int", "standalone");
            client.until(p -> client.deltas().size() > before && isSet(p));
            assertThat(ovs.vsctl("get-fail-mode", "br-int")).isEqualTo("secure");
        }
    }

    @Test
    void saysARefusalOnceAndTriesAgainOnlyOnAChange() throws Exception {
        ovs.close();
        ovs = new OvsInstance(schema -> schema.replace("\"secure\"", "\"safe\""));
        Logger logger = (Logger) LoggerFactory.getLogger(SettingsKeeper.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try (Watched client = keep(SETTINGS)) {
            ovs.addBridge("br-int");
            client.until(p -> lines.list.size() == 1);
            for (int change = 0; change < 5; change++) {
                String value = Integer.toString(change);
                ovs.vsctl("set", "open_vswitch", ".", "external_ids:change=" + value);
                client.until(p -> value.equals(p.hostExternalIds().get("change")));
            }
            assertThat(lines.list).hasSize(1);
            assertThat(lines.list.get(0).getFormattedMessage())
                    .contains("bridge br-int: fail_mode=secure", "refused by the database: constraint violation");
            ovs.vsctl("set", "bridge", "br-int", "protocols=OpenFlow10");
            ovs.vsctl("set", "open_vswitch", ".", "external_ids:change=last");
            client.until(p -> "last".equals(p.hostExternalIds().get("change")) && lines.list.size() == 2);
        } finally {
            logger.detachAppender(lines);
        }
    }

    @Test
    void refusesSettingsThatCannotBe() {
        assertThatThrownBy(() -> new BridgeSettings(Map.of(255, List.of("ipv6_dst")), Optional.empty()))
                .hasMessageContaining("255");
        assertThatThrownBy(() -> new BridgeSettings(Map.of(0, List.of("a", "b", "c", "d")), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BridgeSettings(Map.of(), Optional.of("127.0.0.1:6653")))
                .hasMessageContaining("127.0.0.1:6653");
    }
}
