package org.flow6.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeysTest {
    @Test
    void differEvenWhereHashesDoNot() {
        Keys<String> keys = Keys.empty(4);
        Set<Integer> given = new HashSet<>();
        for (int i = 0; i < 14; i++) {
            keys = keys.with("thing " + i);
            given.add(keys.key("thing " + i));
        }
        assertThat(given).hasSize(14).doesNotContain(0, 15).allMatch(key -> key < 16);
        for (int i = 0; i < 14; i++) {
            assertThat(keys.id(keys.key("thing " + i))).isEqualTo("thing " + i);
        }
    }

    @Test
    void comeBackForTheSameThingAlone() {
        Keys<String> keys = Keys.<String>empty(32).with("a").with("b");
        Keys<String> without = keys.without("a");
        assertThat(without.id(keys.key("a"))).isNull();
        assertThatThrownBy(() -> without.key("a")).hasMessage("a has no key");
        assertThat(without.with("c").key("c")).isNotEqualTo(keys.key("a"));
        assertThat(without.with("a").key("a")).isEqualTo(keys.key("a"));
        assertThat(Keys.<String>empty(32).with("b").key("b")).isEqualTo(keys.key("b"));
        assertThat(keys.with("a")).isSameAs(keys);
        assertThat(without.without("a")).isSameAs(without);
    }
}
