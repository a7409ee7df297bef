package org.flow6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void orderOfDeclarationIsOrderOfTables() {
        Table before = null;
        for (Table table : Table.values()) {
            assertThat(table.number()).isBetween(0, 253);
            if (before != null) {
                assertThat(table.number()).as(table.title()).isGreaterThan(before.number());
            }
            before = table;
        }
    }

    @Test
    void packetsEnterAtTheFirst() {
        assertThat(Table.CLASSIFY.number()).isZero();
        assertThat(Table.values()).startsWith(Table.CLASSIFY);
    }

    @Test
    void missesGoForward() {
        for (Table table : Table.values()) {
            if (table.miss() instanceof Table.Miss.Continue next) {
                assertThat(next.table()).isGreaterThan(table);
            } else if (table.miss() instanceof Table.Miss.Drop drop) {
                assertThat(table).isLessThan(Table.DROP);
                assertThat(DropReason.COMMON).contains(drop.reason());
            } else if (table.miss() instanceof Table.Miss.Discard) {
                assertThat(table).isEqualTo(Table.DROP);
            }
        }
    }

    @Test
    void titlesAndPurposesTellThemApart() {
        Set<String> titles = new HashSet<>();
        for (Table table : Table.values()) {
            assertThat(table.title()).matches("[a-z0-9]+(-[a-z0-9]+)*");
            assertThat(titles.add(table.title())).isTrue();
            assertThat(table.purpose()).isNotBlank();
        }
    }
}
