package org.flow6.core.ovsdb;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.UUID;

/** Nothing a server sends makes reading throw. */
class TablesFuzzTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @FuzzTest
    void readsAnyUpdate(byte[] data) {
        try {
            // A schema, then updates, as one array.
            JsonNode texts = JSON.readTree(new String(data, java.nio.charset.StandardCharsets.UTF_8));
            Tables tables = Schema.decode(texts.path(0)) instanceof Decoded.Ok<Schema> ok
                    ? new Tables(ok.value())
                    : new Tables(new Schema("", Map.of()));
            for (JsonNode update : texts) {
                var unused = tables.apply(update);
            }
            new PictureReader("br-int").read(tables);
            BridgeSettings settings = new BridgeSettings(
                    Map.of(0, java.util.List.of("ipv6_dst")),
                    java.util.Optional.of("tcp:[::1]:6653"),
                    java.util.Optional.of(new TunnelPort(
                            org.flow6.network.Tunnel.Type.VXLAN,
                            org.projectfloodlight.openflow.types.IPv6Address.of(1, 1),
                            java.util.OptionalInt.empty())),
                    java.util.Optional.of(
                            java.util.Set.of(new PatchPair("br-ex", "provider/net", java.util.OptionalInt.of(7)))));
            tables.rows(OvsTable.BRIDGE)
                    .values()
                    .forEach(row -> SettingsPlan.of(settings, new UUID(0, 1), row, tables));
        } catch (JsonProcessingException notJson) {
            // Refused before this is reached.
        }
    }
}
