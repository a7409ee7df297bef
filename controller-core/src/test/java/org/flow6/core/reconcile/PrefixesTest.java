package org.flow6.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.flow6.core.ovs.OvsFixture;
import org.flow6.flow.Field;
import org.flow6.flow.Table;
import org.junit.jupiter.api.Test;

/** Open vSwitch says in its log alone which fields it can look up by prefix. */
class PrefixesTest {
    @Test
    void theSwitchLooksUpByEveryPrefixThatATableNames() throws IOException {
        List<Table> tables = Arrays.stream(Table.values())
                .filter(table -> !table.prefixes().isEmpty())
                .toList();
        assertThat(tables).isNotEmpty();
        try (OvsFixture ovs = OvsFixture.start()) {
            ovs.addBridge("br0");
            List<String> command = new ArrayList<>();
            for (Table table : tables) {
                String fields = String.join(
                        ",", table.prefixes().stream().map(Field::name).toList());
                command.addAll(List.of("--", "--id=@t" + table.number(), "create", "flow_table", "prefixes=" + fields));
            }
            command.addAll(List.of("--", "set", "bridge", "br0"));
            tables.forEach(table -> command.add("flow_tables:%d=@t%d".formatted(table.number(), table.number())));
            ovs.vsctl(command.toArray(String[]::new));
            String log = Files.readString(ovs.folder().resolve("ovs-vswitchd.log"));
            assertThat(log).doesNotContain("'prefixes'");
            for (Table table : tables) {
                String fields = String.join(
                        ",", table.prefixes().stream().map(Field::name).sorted().toList());
                assertThat(log)
                        .contains("bridge br0 table %d: Prefix lookup with: %s.".formatted(table.number(), fields));
            }
        }
    }
}
